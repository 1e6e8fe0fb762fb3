//! Licences of reports, as written, and under the names of the Hugging Face Hub.

use std::collections::BTreeMap;

use super::formats::Rows;

/// How many reports have which licence, as written.
pub(crate) fn count<'a>(rows: &'a Rows) -> BTreeMap<Option<&'a str>, u64> {
    let mut counts = BTreeMap::new();
    for source in rows.sources.values() {
        *counts.entry(source.license.as_deref()).or_default() += 1;
    }
    counts
}

/// What the Hub calls them: `unknown` if no report declares one, `other` if they differ or it has no name for it.
pub(crate) fn hub_id(counts: &BTreeMap<Option<&str>, u64>) -> String {
    let mut ids = counts.keys().map(|license| match license {
        Some(license) => one_id(license).unwrap_or_else(|| "other".to_owned()),
        None => "unknown".to_owned(),
    });
    let first = ids.next().unwrap_or_else(|| "unknown".to_owned());
    if ids.all(|id| id == first) { first } else { "other".to_owned() }
}

/// The Hub's name of a licence: Creative Commons in any spelling or as an address, and some others by their SPDX name.
fn one_id(license: &str) -> Option<String> {
    const OTHERS: [&str; 9] =
        ["apache-2.0", "mit", "odbl", "odc-by", "pddl", "gfdl", "unlicense", "bsd-3-clause", "cc0-1.0"];
    let folded = license.to_lowercase().replace([' ', '_', '/', '(', ')', ','], "-");
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    if has("cc0") || (has("publicdomain") && has("zero")) {
        return Some("cc0-1.0".to_owned());
    }
    let creative_commons = has("cc") || has("creativecommons.org") || has("www.creativecommons.org");
    if creative_commons && has("by") {
        let version = words.iter().find(|word| ["2.0", "2.5", "3.0", "4.0"].contains(word))?;
        let parts = ["by", "nc", "nd", "sa"].into_iter().filter(|part| has(part));
        return Some(format!("cc-{}-{version}", parts.collect::<Vec<_>>().join("-")));
    }
    let name = words.join("-");
    OTHERS.contains(&&*name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_have_the_names_of_the_hub() {
        for (license, id) in [
            ("CC BY 4.0", Some("cc-by-4.0")),
            ("CC-BY-SA-3.0", Some("cc-by-sa-3.0")),
            ("https://creativecommons.org/licenses/by-nc-nd/4.0/", Some("cc-by-nc-nd-4.0")),
            ("CC BY-NC-SA 4.0", Some("cc-by-nc-sa-4.0")),
            ("CC0", Some("cc0-1.0")),
            ("https://creativecommons.org/publicdomain/zero/1.0/", Some("cc0-1.0")),
            ("MIT", Some("mit")),
            ("CC BY", None),
            ("Alle Rechte vorbehalten", None),
        ] {
            assert_eq!(one_id(license).as_deref(), id, "{license}");
        }
    }

    #[test]
    fn mixed_licences_are_other() {
        let of = |licenses: &[Option<&'static str>]| {
            hub_id(&licenses.iter().map(|license| (*license, 1)).collect())
        };
        assert_eq!(of(&[]), "unknown");
        assert_eq!(of(&[None]), "unknown");
        assert_eq!(of(&[Some("CC BY 4.0"), Some("cc-by-4.0")]), "cc-by-4.0");
        assert_eq!(of(&[None, Some("CC BY 4.0")]), "other");
        assert_eq!(of(&[Some("Haus")]), "other");
    }
}
