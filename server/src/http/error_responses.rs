//! Error answers of a call, for the published description.

use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// Describes the problems that a call can answer with: each status, and its codes in words.
pub fn error_responses(errors: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let describe = |(status, description): &(u16, &str)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*description).content("application/problem+json", content);
        (status.to_string(), RefOr::T(response.build()))
    };
    errors.iter().map(describe).collect()
}
