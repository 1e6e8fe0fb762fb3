//! What holds for every text, as the fuzz targets check it.

use satzpaar_sentence_splitter::{Language, LineBreaks, Span, SplitReader, Splitter};

/// Fails unless `spans` are trimmed, stand in order on character boundaries, and have nothing but white space between them.
pub fn check_spans(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end && span.start < span.end && span.end <= text.len());
        // Slicing fails off a character boundary.
        assert!(text[end..span.start].trim().is_empty(), "passed over before byte {}", span.start);
        let sentence = &text[span.start..span.end];
        assert_eq!(sentence, sentence.trim());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty(), "passed over at the end");
}

/// Splits `text` in every way and checks what comes.
pub fn check_splitting(language: Language, text: &str) {
    let splitter = Splitter::new(language);
    let spans: Vec<Span> = splitter.split(text).collect();
    check_spans(text, &spans);

    let mut reader = SplitReader::new(text.as_bytes(), splitter);
    let mut streamed = Vec::new();
    while let Some(sentence) = reader.next_sentence().expect("UTF-8 from memory") {
        streamed.push(Span::new(sentence.start as usize, sentence.end as usize));
    }
    assert_eq!(spans, streamed);

    for lines in [LineBreaks::Always, LineBreaks::Never] {
        let splitter = splitter.with_lines(lines);
        let spans: Vec<Span> = splitter.split(text).collect();
        check_spans(text, &spans);
        // What a line break means hangs on the lines around it, unless it is fixed; then a sentence is one sentence.
        for span in spans {
            let sentence = &text[span.start..span.end];
            let again: Vec<Span> = splitter.split(sentence).collect();
            assert_eq!(again, [Span::new(0, sentence.len())], "split again: {sentence:?}");
        }
    }
}
