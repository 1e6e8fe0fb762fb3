//! XCES alignment (`cesAlign`, the Corpus Encoding Standard for XML; the layout that OPUS uses): links without text.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::output::{WritePairs, four_decimals, xml_text};
use crate::pair::Pair;

/// Writes a `linkGrp` for each pair of reports that follow each other, and a `link` a pair. Its `xtargets` hold byte spans
/// into the two reports (`3-40;0-31`), since reports carry no sentence ids; `certainty` is the score.
pub struct XcesWriter<W: Write> {
    xml: Writer<W>,
    /// The reports of the group that is open.
    group: Option<(String, String)>,
    links: usize,
}

impl<W: Write> XcesWriter<W> {
    /// A writer; it writes the head of the file.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W) -> io::Result<Self> {
        let mut xml = Writer::new_with_indent(out, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.write_event(Event::DocType(BytesText::from_escaped(
            "cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\"",
        )))?;
        xml.write_event(Event::Start(BytesStart::new("cesAlign").with_attributes([("version", "1.0")])))?;
        Ok(Self { xml, group: None, links: 0 })
    }

    /// Writes a link between the documents `from` and `to`. `targets` names what is linked in both, parted by `;`, ids in one
    /// of them by spaces.
    ///
    /// # Errors
    /// What the output says.
    pub fn write_link(&mut self, from: &str, to: &str, targets: &str, certainty: f64) -> io::Result<()> {
        let same = self.group.as_ref().is_some_and(|(de, vi)| *de == from && *vi == to);
        if !same {
            self.close_group()?;
            let attributes = [("targType", "s"), ("fromDoc", &*xml_text(from)), ("toDoc", &*xml_text(to))];
            self.xml.write_event(Event::Start(BytesStart::new("linkGrp").with_attributes(attributes)))?;
            self.group = Some((from.to_owned(), to.to_owned()));
        }
        let id = format!("SL{}", self.links);
        self.links += 1;
        let certainty = four_decimals(certainty);
        let attributes = [("id", id.as_str()), ("xtargets", targets), ("certainty", &certainty)];
        self.xml.write_event(Event::Empty(BytesStart::new("link").with_attributes(attributes)))
    }

    fn close_group(&mut self) -> io::Result<()> {
        match self.group.take() {
            Some(_) => self.xml.write_event(Event::End(BytesEnd::new("linkGrp"))),
            None => Ok(()),
        }
    }
}

impl<W: Write> WritePairs for XcesWriter<W> {
    fn write(&mut self, pair: &Pair) -> io::Result<()> {
        let targets = format!("{}-{};{}-{}", pair.de.start, pair.de.end, pair.vi.start, pair.vi.end);
        self.write_link(&pair.de_doc, &pair.vi_doc, &targets, pair.score)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.close_group()?;
        self.xml.write_event(Event::End(BytesEnd::new("cesAlign")))?;
        let out = self.xml.get_mut();
        out.write_all(b"\n")?;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, samples};

    #[test]
    fn links_stand_in_a_group_for_each_pair_of_reports() {
        let text = samples::written(Format::Xces);
        assert_eq!(text.matches("<linkGrp ").count(), 2);
        assert_eq!(text.matches("</linkGrp>").count(), 2);
        assert!(text.contains(r#"<link id="SL0" xtargets="3-40;0-31" certainty="0.5000"/>"#), "{text}");
        assert!(text.contains(r#"fromDoc="a/b" toDoc="y""#), "{text}");
        assert!(text.ends_with("</cesAlign>\n"));
    }
}
