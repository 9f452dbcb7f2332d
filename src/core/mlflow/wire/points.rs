//! Points of histories, decoded straight into columns: a page has tens of thousands.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    WireError,
    lenient::{Double, Int, quote_bare_words},
    next, parse_seed,
};
use crate::{history::History, model::Point};

/// A page of one metric of one run.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// In the server's order: databases since MLflow 3 answer by (timestamp, step, value), file
    /// stores in the order of writing.
    pub history: History,
    /// What to ask for the next page with; `None` at the end, and from servers before MLflow 3,
    /// which answer all points at once.
    pub next: Option<String>,
}

/// Decodes `metrics/get-history`.
pub fn history(body: &[u8]) -> Result<Points, WireError> {
    let mut history = History::default();
    let next_token = answer(body, &mut |_, point| history.push(point))?;
    Ok(Points { history, next: next_token })
}

/// Decodes `metrics/get-history-bulk`: histories by run id, in the server's order (runs by id, then
/// points by timestamp, step and value).
pub fn bulk(body: &[u8]) -> Result<Vec<(String, History)>, WireError> {
    let mut runs: Vec<(String, History)> = Vec::new();
    answer(body, &mut |run, point| match runs.last_mut() {
        Some((last, history)) if last == run => history.push(point),
        _ => runs.push((run.to_owned(), std::iter::once(point).collect())),
    })?;
    Ok(runs)
}

type Sink<'a> = &'a mut dyn FnMut(&str, Point);

fn answer(body: &[u8], sink: Sink<'_>) -> Result<Option<String>, WireError> {
    let body = quote_bare_words(body);
    parse_seed(&body, Outer(sink)).map(next)
}

struct Outer<'a>(Sink<'a>);

impl<'de> DeserializeSeed<'de> for Outer<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, decoder: D) -> Result<Self::Value, D::Error> {
        decoder.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outer<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with metrics")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut token = None;
        while let Some(field) = map.next_key::<OuterField>()? {
            match field {
                OuterField::Metrics => map.next_value_seed(List(&mut *self.0))?,
                OuterField::NextPageToken => token = map.next_value()?,
                OuterField::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(token)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum OuterField {
    Metrics,
    NextPageToken,
    #[serde(other)]
    Other,
}

struct List<'a>(Sink<'a>);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, decoder: D) -> Result<(), D::Error> {
        decoder.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of points")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut run = String::new();
        while let Some(point) = list.next_element_seed(One(&mut run))? {
            (self.0)(&run, point);
        }
        Ok(())
    }
}

/// One point; its run's id goes into the buffer.
struct One<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for One<'_> {
    type Value = Point;

    fn deserialize<D: Deserializer<'de>>(self, decoder: D) -> Result<Point, D::Error> {
        decoder.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for One<'_> {
    type Value = Point;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a point")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Point, A::Error> {
        let mut point = Point::default();
        while let Some(field) = map.next_key::<PointField>()? {
            match field {
                PointField::Value => point.value = map.next_value::<Double>()?.0,
                PointField::Timestamp => point.timestamp = map.next_value::<Int>()?.0,
                PointField::Step => point.step = map.next_value::<Int>()?.0,
                PointField::RunId => map.next_value_seed(IntoBuffer(&mut *self.0))?,
                PointField::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(point)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum PointField {
    Value,
    Timestamp,
    Step,
    RunId,
    #[serde(other)]
    Other,
}

/// A text into a buffer that is used again for every point.
struct IntoBuffer<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for IntoBuffer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, decoder: D) -> Result<(), D::Error> {
        decoder.deserialize_str(self)
    }
}

impl Visitor<'_> for IntoBuffer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a run's id")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(text);
        Ok(())
    }
}
