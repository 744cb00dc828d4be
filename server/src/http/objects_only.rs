//! Reads JSON so that a list is no object. What serde derives for a structure takes a list of its fields as well, which
//! no caller means: a body of `[5, true]` would count as two fields.

use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
    forward_to_deserialize_any,
};

/// Reads a whole body.
///
/// # Errors
/// It is not JSON, or does not fit.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = T::deserialize(ObjectsOnly(&mut reader))?;
    reader.end()?;
    Ok(value)
}

/// A reader that takes only an object for a structure, or for an enum whose word stands in a field.
struct ObjectsOnly<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectsOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{device::command::CommandKind, protocol::ProgressReport, slot::reminder::ReminderRule};

    #[test]
    fn a_list_is_no_object() {
        assert!(from_slice::<ProgressReport>(br#"{"step":"done"}"#).is_ok());
        assert!(from_slice::<ProgressReport>(br#"["done",null,null,null]"#).is_err());
        assert!(from_slice::<CommandKind>(br#"{"type":"ring","params":{"seconds":5}}"#).is_ok());
        assert!(from_slice::<CommandKind>(br#"["ring",{"seconds":5}]"#).is_err());
        assert!(from_slice::<Vec<ReminderRule>>(b"[]").is_ok(), "where a list is meant");
        assert!(from_slice::<ProgressReport>(br#"{"step":"done"} x"#).is_err());
    }
}
