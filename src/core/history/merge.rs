//! Two copies of one history become one, without duplicates.
