//! Text for measuring: reports put together from sentences of our own, German and Vietnamese in step. Not random, but varied
//! by numbers and names, so that no cache is flattered by one sentence repeated.

/// Sentences that say the same. `{n}` is a number, `{p}` a person, `{c}` a city.
const SENTENCES: [(&str, &str); 12] = [
    (
        "In {c} sind am Montag bei einem Unwetter mindestens {n} Menschen verletzt worden, teilte die Feuerwehr mit.",
        "Ít nhất {n} người bị thương trong trận mưa bão hôm thứ hai ở {c}, lực lượng cứu hỏa cho biết.",
    ),
    (
        "Ministerin {p} kündigte an, die Regierung werde {n} Millionen Euro für den Wiederaufbau bereitstellen.",
        "Bộ trưởng {p} thông báo chính phủ sẽ dành {n} triệu euro cho công tác tái thiết.",
    ),
    (
        "„Wir haben schnell gehandelt“, sagte {p} vor Journalisten.",
        "\"Chúng tôi đã hành động nhanh chóng\", {p} nói trước các nhà báo.",
    ),
    (
        "Nach Angaben der Behörden waren zeitweise rund {n}.000 Haushalte ohne Strom und Trinkwasser.",
        "Theo chính quyền, có lúc khoảng {n}.000 hộ dân bị mất điện và nước sinh hoạt.",
    ),
    (
        "Der Flughafen von {c} blieb bis zum Abend geschlossen, {n} Flüge fielen aus.",
        "Sân bay {c} đóng cửa đến tối, {n} chuyến bay bị hủy.",
    ),
    (
        "Die Wirtschaft des Landes wuchs im vergangenen Jahr um {n},5 Prozent und damit stärker als erwartet.",
        "Năm ngoái, kinh tế nước này tăng trưởng {n},5%, cao hơn dự báo.",
    ),
    ("Das neue Krankenhaus in {c} hat {n} Betten.", "Bệnh viện mới ở {c} có {n} giường."),
    (
        "Am 18. Mai soll das Abkommen über freien Handel unterzeichnet werden, das beide Seiten seit {n} Monaten verhandelt haben.",
        "Ngày 18/5, hiệp định thương mại tự do mà hai bên đàm phán suốt {n} tháng qua sẽ được ký kết.",
    ),
    (
        "Forscher der Universität {c} haben eine neue Methode entwickelt, mit der Wasser gereinigt werden kann.",
        "Các nhà khoa học Đại học {c} đã phát triển phương pháp mới để làm sạch nước.",
    ),
    (
        "Die Mannschaft aus {c} gewann das Spiel mit {n}:1; {p} erzielte das entscheidende Tor.",
        "Đội {c} thắng trận đấu với tỷ số {n}-1, {p} ghi bàn quyết định.",
    ),
    (
        "Die Schulen bleiben z. B. in {c} noch bis Freitag geschlossen.",
        "Các trường học, chẳng hạn ở {c}, còn đóng cửa đến thứ sáu.",
    ),
    (
        "Experten warnen, dass die Preise für Reis und Kaffee in den nächsten {n} Wochen weiter steigen könnten.",
        "Các chuyên gia cảnh báo giá gạo và cà phê có thể tiếp tục tăng trong {n} tuần tới.",
    ),
];

const PERSONS: [(&str, &str); 4] = [
    ("Katrin Wollweber", "Katrin Wollweber"),
    ("Tran Quoc Khai", "Trần Quốc Khải"),
    ("Lukas Brandt", "Lukas Brandt"),
    ("Nguyen Van Duy", "Nguyễn Văn Duy"),
];

const CITIES: [(&str, &str); 5] = [
    ("Hanoi", "Hà Nội"),
    ("Hai Phong", "Hải Phòng"),
    ("Dresden", "Dresden"),
    ("Da Nang", "Đà Nẵng"),
    ("Ho-Chi-Minh-Stadt", "TP HCM"),
];

/// `count` sentences of the report number `report`, German and Vietnamese.
pub(crate) fn sentences(report: usize, count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|i| {
            // Steps without a common divisor, so that sentences, names and numbers meet anew each time.
            let at = report * 31 + i;
            let (german, vietnamese) = SENTENCES[(at * 5 + report) % SENTENCES.len()];
            let (person, city) = (PERSONS[(at / 3 + report) % 4], CITIES[(at * 2 + report) % 5]);
            let number = (2 + (at * 37 + report * 11) % 897).to_string();
            let fill = |text: &str, person: &str, city: &str| {
                text.replace("{n}", &number).replace("{p}", person).replace("{c}", city)
            };
            (fill(german, person.0, city.0), fill(vietnamese, person.1, city.1))
        })
        .collect()
}

/// [`sentences`] as two texts, three sentences a paragraph.
#[allow(dead_code, reason = "benches of later stages want sentences alone")]
pub(crate) fn report(report: usize, count: usize) -> (String, String) {
    let (german, vietnamese): (Vec<String>, Vec<String>) = sentences(report, count).into_iter().unzip();
    let text = |sentences: &[String]| {
        let paragraphs: Vec<String> = sentences.chunks(3).map(|paragraph| paragraph.join(" ")).collect();
        paragraphs.join("\n\n") + "\n"
    };
    (text(&german), text(&vietnamese))
}
