//! Reading reports and writing aligned pairs.
