//! Which reports tell the same event, and which sentences say the same.
