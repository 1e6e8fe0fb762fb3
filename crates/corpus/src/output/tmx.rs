//! Translation Memory eXchange 1.4 (the OSCAR standard of LISA, 2004), level 1: plain text segments.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::output::{WritePairs, four_decimals, xml_text};
use crate::pair::Pair;

/// Writes a translation unit a pair, with its reports, spans, bead, score and kind as properties.
pub struct TmxWriter<W: Write> {
    xml: Writer<W>,
}

impl<W: Write> TmxWriter<W> {
    /// A writer; it writes the head of the file.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W) -> io::Result<Self> {
        let mut xml = Writer::new_with_indent(out, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.write_event(Event::DocType(BytesText::from_escaped("tmx SYSTEM \"tmx14.dtd\"")))?;
        xml.write_event(Event::Start(BytesStart::new("tmx").with_attributes([("version", "1.4")])))?;
        let header = [
            ("creationtool", "satzpaar"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "satzpaar"),
            ("adminlang", "en"),
            ("srclang", "de"),
            ("datatype", "plaintext"),
        ];
        xml.write_event(Event::Empty(BytesStart::new("header").with_attributes(header)))?;
        xml.write_event(Event::Start(BytesStart::new("body")))?;
        Ok(Self { xml })
    }

    /// Writes one pair as a unit of this name (attribute `tuid`), with further properties: their types and values.
    ///
    /// # Errors
    /// What the output says.
    pub fn write_with(&mut self, pair: &Pair, id: Option<&str>, more: &[(&str, &str)]) -> io::Result<()> {
        let (de_span, vi_span) =
            (format!("{}-{}", pair.de.start, pair.de.end), format!("{}-{}", pair.vi.start, pair.vi.end));
        let bead = format!("{}-{}", pair.bead.0, pair.bead.1);
        let unit = [
            ("x-doc-score", four_decimals(pair.doc_score)),
            ("x-bead", bead),
            ("x-score", four_decimals(pair.score)),
            ("x-kind", pair.kind.to_string()),
        ];
        let sides =
            [("de", &pair.de_doc, &de_span, &pair.de_text), ("vi", &pair.vi_doc, &vi_span, &pair.vi_text)];
        let id = id.map(xml_text);
        let attributes = id.iter().map(|id| ("tuid", &**id));
        self.xml.create_element("tu").with_attributes(attributes).write_inner_content(|xml| {
            for (name, value) in
                unit.iter().map(|(name, value)| (*name, &**value)).chain(more.iter().copied())
            {
                property(xml, name, value)?;
            }
            for (code, doc, span, text) in sides {
                xml.create_element("tuv").with_attribute(("xml:lang", code)).write_inner_content(|xml| {
                    property(xml, "x-doc", doc)?;
                    property(xml, "x-span", span)?;
                    xml.create_element("seg").write_text_content(BytesText::new(&xml_text(text)))?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl<W: Write> WritePairs for TmxWriter<W> {
    fn write(&mut self, pair: &Pair) -> io::Result<()> {
        self.write_with(pair, None, &[])
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new("body")))?;
        self.xml.write_event(Event::End(BytesEnd::new("tmx")))?;
        let out = self.xml.get_mut();
        out.write_all(b"\n")?;
        out.flush()
    }
}

fn property<W: Write>(xml: &mut Writer<W>, name: &str, value: &str) -> io::Result<()> {
    xml.create_element("prop")
        .with_attribute(("type", name))
        .write_text_content(BytesText::new(&xml_text(value)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use crate::output::{Format, samples};

    /// What tmx14.dtd allows inside which element, for the elements that are used here, in its order.
    const CONTENT: [(&str, &[&str]); 5] = [
        ("", &["tmx"]),
        ("tmx", &["header", "body"]),
        ("body", &["tu"]),
        ("tu", &["prop", "tuv"]),
        ("tuv", &["prop", "seg"]),
    ];

    #[test]
    fn elements_stand_where_the_dtd_allows_them_and_texts_come_back() {
        let text = samples::written(Format::Tmx);
        let mut reader = Reader::from_str(&text);
        let mut path = vec![(String::new(), 0)];
        let mut segments = vec![];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "header" => {
                    for name in [
                        "creationtool",
                        "creationtoolversion",
                        "segtype",
                        "o-tmf",
                        "adminlang",
                        "srclang",
                        "datatype",
                    ] {
                        assert!(tag.try_get_attribute(name).unwrap().is_some(), "{name}");
                    }
                }
                Event::Start(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    let (parent, last) = path.last_mut().unwrap();
                    let allowed = CONTENT.iter().find(|(element, _)| element == parent).unwrap().1;
                    let place = allowed.iter().position(|child| *child == name).unwrap();
                    assert!(place >= *last, "{name} in {parent}");
                    *last = place;
                    if name == "seg" {
                        segments.push(String::new());
                    }
                    path.push((name, 0));
                }
                Event::Text(part) if path.last().unwrap().0 == "seg" => {
                    segments.last_mut().unwrap().push_str(&part);
                }
                Event::GeneralRef(part) if path.last().unwrap().0 == "seg" => {
                    let character = part.resolve_char_ref().unwrap().map(String::from);
                    let text = character
                        .unwrap_or_else(|| quick_xml::escape::resolve_xml_entity(&part).unwrap().to_owned());
                    segments.last_mut().unwrap().push_str(&text);
                }
                Event::End(_) => {
                    path.pop();
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(path.len(), 1);
        let pairs = samples::pairs();
        assert_eq!(segments.len(), 4);
        // XML readers make CR LF one LF.
        assert_eq!(segments[0].replace('\r', ""), pairs[0].de_text.replace('\r', ""));
        assert_eq!(segments[1], pairs[0].vi_text.replace('\u{1}', " "));
        assert_eq!(segments[3], pairs[1].vi_text);
    }
}
