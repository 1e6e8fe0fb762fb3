//! German and Vietnamese text into sentences with byte spans.
