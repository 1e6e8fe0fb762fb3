//! What `satzpaar bench` is made of: text, stages, the clock, and what is told of them.

pub(crate) mod files;
pub(crate) mod machine;
pub(crate) mod results;
pub(crate) mod stages;
