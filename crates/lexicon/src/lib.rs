//! What translates what between German and Vietnamese: words, numbers, dates, names.
