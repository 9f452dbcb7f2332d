use std::{cell::Cell, fmt};

use serde::{
    Deserializer as _,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

use super::{DEEPEST, MOST_VALUES, Scalar, ScalarKind, Value};

/// Reads JSON, keys in their order; `None` if it is none, or too much.
pub(super) fn parse(text: &str) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let left = Cell::new(MOST_VALUES);
    let value = reader.deserialize_any(Reader { left: &left, depth: 0 }).ok()?;
    reader.end().ok().map(|()| value)
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    /// How many more values there may be.
    left: &'a Cell<usize>,
    depth: usize,
}

impl Reader<'_> {
    fn scalar<E: Error>(self, kind: ScalarKind, text: String) -> Result<Value, E> {
        self.take()?;
        Ok(Value::Scalar(Scalar { kind, text }))
    }

    fn take<E: Error>(self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1).ok_or_else(|| E::custom("too many values"))?;
        self.left.set(left);
        Ok(())
    }

    fn below<E: Error>(self) -> Result<Self, E> {
        self.take()?;
        if self.depth >= DEEPEST {
            Err(E::custom("too deep"))
        } else {
            Ok(Self { depth: self.depth + 1, ..self })
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.scalar(ScalarKind::Null, "null".to_owned())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(ScalarKind::Bool, value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(ScalarKind::Number, value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(ScalarKind::Number, value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.scalar(ScalarKind::Number, crate::format::exact(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.scalar(ScalarKind::Text, value.to_owned())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut map = Vec::new();
        while let Some(key) = pairs.next_key::<String>()? {
            map.push((key, pairs.next_value_seed(below)?));
        }
        Ok(Value::Map(map))
    }
}
