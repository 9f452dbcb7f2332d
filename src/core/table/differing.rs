use super::{
    Column, Rows, SharedSteps, Table,
    value::{Value, value_with},
};

impl Table {
    /// Those of the columns in which the listed runs differ: two have different values, or one has a
    /// value and another has none. Of a single run all columns stay.
    pub fn differing(&self, columns: &[Column], rows: &Rows, steps: &SharedSteps) -> Vec<Column> {
        if rows.order.len() < 2 {
            return columns.to_vec();
        }
        columns.iter().filter(|column| self.differs(column, rows, steps)).cloned().collect()
    }

    fn differs(&self, column: &Column, rows: &Rows, steps: &SharedSteps) -> bool {
        // A column that is the same in all runs is so in these; the rest mostly differs soon.
        let everywhere = self.columns().iter().find(|info| info.column == *column);
        if everywhere.is_some_and(|info| !info.differs && info.runs == self.runs().len()) {
            return false;
        }
        let runs = || rows.order.iter().filter_map(|&index| self.runs().get(index as usize));
        let Some(first) = runs().next() else { return false };
        let first = value_with(first, column, &steps.0);
        runs().skip(1).any(|run| {
            let other = value_with(run, column, &steps.0);
            // Curves are as good as never the same; values to come are not known to differ.
            match (&first, &other) {
                (Value::Curve(_), Value::Curve(_)) => true,
                _ => !first.same(&other),
            }
        })
    }
}
