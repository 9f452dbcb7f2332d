//! Groups tokens as sqlparse does: pass after pass over the whole tree, in its order.
//!
//! Passes look at a list as it was when they began while they change it, and at tokens that have
//! gone into a group since. Filters that only work because of that are in use, so this does the same.

mod engine;
mod joined;
mod pairs;
mod single;

use super::{TooLarge, token::Tree};

pub(super) fn group(tree: &mut Tree) -> Result<(), TooLarge> {
    single::comments(tree);
    pairs::all(tree)?;
    single::over(tree);
    single::functions(tree);
    single::clauses(tree);
    joined::periods(tree)?;
    joined::arrays(tree)?;
    single::identifiers(tree);
    single::orders(tree);
    joined::typecasts(tree)?;
    joined::time_zones(tree)?;
    joined::typed_literals(tree)?;
    joined::operations(tree)?;
    joined::comparisons(tree)?;
    joined::aliases(tree)?;
    single::aliased(tree);
    joined::assignments(tree)?;
    single::align_comments(tree);
    joined::identifier_lists(tree)?;
    single::values(tree);
    Ok(())
}
