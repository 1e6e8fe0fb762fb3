"use strict";
// Builds the page from the JSON in it. Text of reports enters as text nodes only. Pairs of reports are built when they come into view.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const full = data.reports.some((r) => r.rows.some((row) => row.u));
  const state = { q: "", min: 0, max: 1, kind: "", split: "", event: "", view: full ? "text" : "rows", at: -1, theme: "" };
  let words = [];

  // --- building blocks

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const level = (score) => data.steps.filter((step) => score >= step - 1e-9).length;
  const short = (score) => (score >= 0.995 ? "1.0" : score.toFixed(2).slice(1));
  const count = (n, one, many) => grouped(n) + " " + (n === 1 ? one : many);

  // Lower case without accents, and for each unit of it where it stands in the text.
  function fold(text) {
    let out = "";
    const places = [];
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      const plain = c < "\u0080" ? c.toLowerCase() : c.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/ß/g, "ss");
      for (let k = 0; k < plain.length; k++) places.push(i);
      out += plain;
    }
    return { out, places };
  }
  const accented = (word) => fold(word).out !== word;

  // --- overview

  function figures() {
    const rows = data.reports.reduce((sum, r) => sum + r.rows.length, 0);
    const sure = data.reports.reduce((sum, r) => r.rows.reduce((s, row) => s + row.s, sum), 0);
    const figure = (name, value, more) => el("div", {}, el("dt", {}, name), el("dd", {}, value, more ? el("small", {}, " " + more) : null));
    $("figures").append(
      figure("pairs of sentences", grouped(rows)),
      figure("expected to be right", rows ? (100 * sure / rows).toFixed(1) + " %" : "–", "by their scores"),
      figure("pairs of reports", grouped(data.reports.length)),
      figure("events", grouped(data.events.length)),
      figure("German reports", grouped(data.de.length), data.alone ? "of " + grouped(data.de.length + data.alone[0].length) : ""),
      figure("Vietnamese reports", grouped(data.vi.length), data.alone ? "of " + grouped(data.vi.length + data.alone[1].length) : ""));
  }

  function meter(share) {
    return svg("svg", { class: "meter", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "back", width: 100, height: 8 }), svg("rect", { class: "fore", width: Math.max(share * 100, 0.5), height: 8 }));
  }

  function funnel() {
    const most = {};
    for (const step of data.funnel) most[step.unit] = Math.max(most[step.unit] || 1, step.kept);
    const box = el("div", { class: "meters" });
    let last = null;
    for (const step of data.funnel) {
      if (step.step !== last) box.append(el("div", { class: "step" }, step.step));
      last = step.step;
      box.append(el("div", {}, step.unit), meter(step.kept / most[step.unit]), el("div", { class: "n" }, grouped(step.kept)));
      const reasons = Object.entries(step.dropped).filter(([, n]) => n > 0).map(([reason, n]) => grouped(n) + " " + reason);
      if (reasons.length) box.append(el("div", { class: "why" }, "dropped: " + reasons.join(", ")));
    }
    $("funnel").append(box);
  }

  function histogram() {
    const bars = data.histogram, most = Math.max(1, ...bars), all = bars.reduce((a, b) => a + b, 0);
    const first = Math.max(0, Math.min(bars.findIndex((n) => n > 0), bars.length / 2));
    const shown = bars.length - first, width = 460, height = 150, left = 6, floor = height - 18, step = (width - 2 * left) / shown;
    const label = "Histogram of scores: " + data.steps.map((s) => count(bars.slice(Math.round(s * bars.length)).reduce((a, b) => a + b, 0), "pair", "pairs") + " from " + s).join(", ");
    const chart = svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
    for (let i = first; i < bars.length; i++) {
      const x = left + (i - first) * step, from = i / bars.length, tall = bars[i] ? Math.max(1.5, bars[i] / most * (floor - 18)) : 0;
      chart.append(svg("rect", { class: "f" + level(from), x: x + 1, y: floor - tall, width: step - 2, height: tall, rx: 1 }));
      if (bars[i] && step > 7 * Math.max(...bars.map((n) => grouped(n).length)) - 4) chart.append(svg("text", { x: x + step / 2, y: floor - tall - 4, "text-anchor": "middle" }, grouped(bars[i])));
      const hit = svg("rect", { class: "hit", x, y: 0, width: step, height: floor }, svg("title", {}, `${from.toFixed(2)}–${(from + 1 / bars.length).toFixed(2)}: ${count(bars[i], "pair", "pairs")} of ${grouped(all)}; click to see them`));
      hit.addEventListener("click", () => { state.min = +from.toFixed(2); state.max = +(from + 1 / bars.length).toFixed(2); toFields(); changed(); });
      chart.append(hit);
    }
    for (let i = first; i <= bars.length; i += 2) chart.append(svg("text", { x: Math.min(Math.max(left + (i - first) * step, 10), width - 10), y: height - 4, "text-anchor": "middle" }, (i / bars.length).toFixed(1)));
    chart.append(svg("line", { class: "axis", x1: left, x2: width - left, y1: floor + .5, y2: floor + .5 }));
    $("histogram").append(chart);
  }

  function beads() {
    const all = data.beads.reduce((sum, [, n]) => sum + n, 0) || 1, box = el("div", { class: "meters" });
    const shown = data.beads.slice(0, 7), rest = data.beads.slice(7).reduce((sum, [, n]) => sum + n, 0);
    if (rest) shown.push(["other", rest]);
    for (const [bead, n] of shown) box.append(el("div", {}, bead.replace("-", "–")), meter(n / all), el("div", { class: "n" }, grouped(n)));
    $("beads").append(box);
  }

  function graph() {
    const groups = data.events.map(() => []);
    data.reports.forEach((r, i) => groups[r.event].push(i));
    const uniq = (list) => [...new Set(list)];
    const drawn = groups.filter((g) => g.length).map((links) => ({ links, de: uniq(links.map((i) => data.reports[i].de)), vi: uniq(links.map((i) => data.reports[i].vi)) }));
    drawn.sort((a, b) => b.links.length - a.links.length);
    const many = drawn.filter((g) => g.links.length > 1).length;
    $("graph-sum").textContent = `${count(drawn.length, "event", "events")}: ${count(drawn.length - many, "pair of reports alone", "pairs of reports alone")}, ${count(many, "group", "groups")} of more. Lines are coloured by how sure the match is; a name leads to its pair.`;
    const names = (side, ids, group) => el("div", { class: side === "de" ? "left" : "" }, ...ids.map((id) => {
      const button = el("button", { type: "button", title: data[side][id].id, lang: side }, data[side][id].id);
      button.addEventListener("click", () => go(group.links.find((i) => data.reports[i][side] === id)));
      return button;
    }));
    function draw(group) {
      const rows = Math.max(group.de.length, group.vi.length), height = rows * 24;
      const lines = svg("svg", { viewBox: `0 0 72 ${height}`, height, preserveAspectRatio: "none", "aria-hidden": "true" });
      const y = (ids, id) => (ids.indexOf(id) + .5) * height / ids.length;
      for (const i of group.links) {
        const r = data.reports[i];
        lines.append(svg("line", { class: "k" + level(r.score), x1: 4, x2: 68, y1: y(group.de, r.de), y2: y(group.vi, r.vi), "stroke-width": 1 + 2 * r.score }, svg("title", {}, r.score.toFixed(4))));
      }
      return el("div", { class: "group" }, names("de", group.de, group), lines, names("vi", group.vi, group));
    }
    let done = 0;
    const more = (n) => {
      $("graph").append(...drawn.slice(done, done + n).map(draw));
      done = Math.min(done + n, drawn.length);
      $("graph-more").hidden = done >= drawn.length;
      $("graph-more").textContent = `Show ${grouped(Math.min(200, drawn.length - done))} more of ${grouped(drawn.length - done)}`;
    };
    $("graph-more").addEventListener("click", () => more(200));
    more(12);
    if (data.alone) {
      const [de, vi] = data.alone;
      const list = (name, lang, ids) => ids.length ? el("details", {}, el("summary", {}, `${count(ids.length, name + " report", name + " reports")} without a pair`), el("ul", { class: "ids", lang }, ...ids.map((id) => el("li", {}, id)))) : null;
      fill($("alone"), {}, [list("German", "de", de), list("Vietnamese", "vi", vi)]);
    }
  }

  function legend() {
    const bounds = [0, ...data.steps, 1];
    for (let i = 0; i < bounds.length - 1; i++) {
      const text = i === 0 ? "below " + bounds[1].toFixed(2).slice(1) : i === bounds.length - 2 ? "from " + bounds[i].toFixed(2).slice(1) : bounds[i].toFixed(2).slice(1) + "–" + bounds[i + 1].toFixed(2).slice(1);
      $("legend").append(el("span", {}, el("span", { class: "s s" + i }, text)));
    }
    if (full) $("legend").append(el("span", {}, "not aligned"), el("span", { class: "furniture" }, "page furniture"));
  }

  // --- pairs of reports

  const cards = [], built = [], near = new Set();
  let version = 0;

  function head(side, report) {
    return el("span", { lang: side }, report.title || report.id, report.title || report.date ? el("small", {}, [report.title ? report.id : "", report.date || ""].filter(Boolean).join(" · ")) : null);
  }

  function makeCards() {
    const list = $("list");
    data.reports.forEach((r, i) => {
      const kinds = [...new Set(r.rows.map((row) => (row.k ? "comparable" : "parallel")))].join(", ");
      const body = el("div", { class: "body" });
      const card = el("section", { class: "card", id: "r" + (i + 1), "aria-label": data.de[r.de].id + " and " + data.vi[r.vi].id },
        el("header", { tabindex: "-1" },
          el("h3", {}, head("de", data.de[r.de]), head("vi", data.vi[r.vi])),
          el("p", { class: "meta" }, el("span", {}, `${i + 1} of ${grouped(data.reports.length)}`), el("span", {}, count(r.rows.length, "pair", "pairs")), el("span", {}, kinds), el("span", {}, "same event: " + r.score.toFixed(2)), el("span", {}, "event " + data.events[r.event]))),
        body);
      const chars = r.rows.reduce((sum, row) => sum + Math.max(row.d.length, row.v.length) + 60, 0);
      // About as high as it will be, so that the scroll bar tells the truth.
      body.style.minHeight = Math.round(Math.min(chars * .42, full ? innerHeight * .72 : Infinity)) + "px";
      card.style.containIntrinsicSize = "auto " + Math.round(Math.min(chars * .42, full ? innerHeight * .72 : Infinity) + 90) + "px";
      card.dataset.at = i;
      cards.push(card);
      built.push(-1);
      list.append(card);
    });
  }

  function matches(r, row) {
    if (row.s < state.min - 1e-9 || row.s > state.max + 1e-9) return false;
    if (state.kind && (row.k ? "comparable" : "parallel") !== state.kind) return false;
    if (state.split && data.splits[row.p] !== state.split) return false;
    if (!words.length) return true;
    const de = data.de[r.de], vi = data.vi[r.vi];
    // What is searched is made once for each pair, at the first search.
    if (row.exact === undefined) {
      row.exact = [row.d, row.v, de.id, vi.id, de.title, vi.title, row.i].join("\n").normalize("NFC").toLowerCase();
      row.plain = fold(row.exact).out;
    }
    return words.every((word) => (word.accented ? row.exact : row.plain).includes(word.text));
  }

  // Text with the words that were searched marked.
  function marked(text) {
    const found = [];
    if (words.length) {
      const plain = fold(text), exact = text.toLowerCase();
      for (const word of words) {
        const where = word.accented && exact.length === text.length ? exact : plain.out, needle = where === exact ? word.text : fold(word.text).out;
        for (let at = where.indexOf(needle); at >= 0 && needle; at = where.indexOf(needle, at + needle.length)) {
          found.push(where === exact ? [at, at + needle.length] : [plain.places[at], plain.places[at + needle.length - 1] + 1]);
        }
      }
      found.sort((a, b) => a[0] - b[0]);
    }
    const parts = [];
    let at = 0;
    for (const [start, end] of found) {
      if (start < at) continue;
      parts.push(text.slice(at, start), el("mark", {}, text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at));
    return parts;
  }

  function sentence(row, p, text, side, fits, first, last) {
    return el("span", { class: `s s${level(row.s)}${fits ? "" : " out"}`, "data-p": p, "data-side": side, tabindex: first ? "0" : null, role: first ? "button" : null }, ...marked(text), last ? el("sup", { title: "score " + row.s.toFixed(4) }, "\u2060" + short(row.s)) : null);
  }

  function rowsView(r, fits) {
    const list = el("ol", { class: "rows" });
    let hidden = 0;
    r.rows.forEach((row, p) => {
      if (!fits[p]) { hidden += 1; return; }
      const cell = (side, text) => el("div", { class: "cell", lang: side }, sentence(row, p, text, side, true, true, false));
      list.append(el("li", { class: "row" }, cell("de", row.d), cell("vi", row.v), el("div", { class: "grade" }, el("span", { class: "s s" + level(row.s), title: "score " + row.s.toFixed(4) }, short(row.s)))));
    });
    return hidden ? el("div", {}, list, el("p", { class: "gap" }, count(hidden, "pair does not fit the filters", "pairs do not fit the filters"))) : list;
  }

  function textColumn(r, fits, side) {
    const report = data[side][side === "de" ? r.de : r.vi], text = report.text, from = side === "de" ? 0 : 2;
    const cuts = new Set([0, text.length, ...report.furniture || []]);
    for (const row of r.rows) if (row.u) cuts.add(row.u[from]).add(row.u[from + 1]);
    const bounds = [...cuts].sort((a, b) => a - b), column = el("div", { class: "text", lang: side, tabindex: "0", role: "region", "aria-label": (side === "de" ? "German text of " : "Vietnamese text of ") + report.id });
    const order = r.rows.map((row, p) => p).filter((p) => r.rows[p].u).sort((a, b) => r.rows[a].u[from] - r.rows[b].u[from]);
    const filtered = fits.includes(false);
    const seen = new Set(), furniture = report.furniture || [];
    let open = [], next = 0, f = 0;
    for (let i = 0; i + 1 < bounds.length; i++) {
      const [start, end] = [bounds[i], bounds[i + 1]];
      while (next < order.length && r.rows[order[next]].u[from] <= start) open.push(order[next++]);
      open = open.filter((p) => r.rows[p].u[from + 1] > start);
      while (f < furniture.length && furniture[f + 1] <= start) f += 2;
      const bare = f < furniture.length && furniture[f] <= start;
      // Empty lines are told apart from ends of line, and no more than that.
      let part = text.slice(start, end).replace(/[^\S\n]*\r?\n[^\S\n]*/g, "\n").replace(/\n{3,}/g, "\n\n");
      if (start === 0) part = part.replace(/^[\s\uFEFF]+/, "");
      if (!part) continue;
      if (bare) column.append(el("span", { class: "furniture" }, part));
      else if (!open.length) column.append(el("span", { class: filtered ? "free out" : "free" }, ...marked(part)));
      else {
        const p = open[0], row = r.rows[p];
        column.append(sentence(row, p, part, side, fits[p], !seen.has(p), end === row.u[from + 1]));
        seen.add(p);
      }
    }
    return column;
  }

  function build(i) {
    if (built[i] === version) return;
    built[i] = version;
    const r = data.reports[i], fits = r.rows.map((row) => matches(r, row)), body = cards[i].querySelector(".body");
    const text = state.view === "text" && r.rows.some((row) => row.u);
    body.replaceChildren(text ? el("div", { class: "texts" }, textColumn(r, fits, "de"), textColumn(r, fits, "vi")) : rowsView(r, fits));
    body.style.minHeight = "";
  }

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const i = +entry.target.dataset.at;
      if (entry.isIntersecting) { near.add(i); build(i); } else near.delete(i);
    }
  }, { rootMargin: "800px 0px" });

  // --- linking

  function light(card, p) {
    for (const on of card.querySelectorAll(".s.on")) on.classList.remove("on");
    $("found").textContent = "";
    if (p === null) return;
    for (const s of card.querySelectorAll(`.s[data-p="${p}"]`)) s.classList.add("on");
    const row = data.reports[+card.dataset.at].rows[p];
    $("found").textContent = `score ${row.s.toFixed(4)} · ${row.b.replace("-", "–")} · ${row.k ? "comparable" : "parallel"} · ${row.i} · bytes ${row.o[0]}–${row.o[1]} and ${row.o[2]}–${row.o[3]}` + (row.p === undefined ? "" : ` · ${data.splits[row.p]}`) + (row.c ? ` · also in ${row.c}` : "");
  }
  const spot = (event) => event.target instanceof Element ? event.target.closest("#list .s[data-p]") : null;

  // Brings the partner to the height of what was clicked, inside its column if that scrolls.
  function partner(s) {
    const other = s.closest(".body").querySelector(`.s[data-p="${s.dataset.p}"]:not([data-side="${s.dataset.side}"])`);
    if (!other) return;
    const column = other.closest(".text"), smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const beside = column && column.getBoundingClientRect().left !== s.closest(".text").getBoundingClientRect().left;
    if (column) {
      const top = beside ? s.getBoundingClientRect().top : column.getBoundingClientRect().top + 24;
      column.scrollBy({ top: other.getBoundingClientRect().top - top, behavior: smooth });
    }
    if (!column || !beside) other.scrollIntoView({ block: "nearest", behavior: smooth });
  }

  // --- search, filters, address

  function toFields() {
    $("q").value = state.q; $("min").value = state.min; $("max").value = state.max;
    $("kind").value = state.kind; $("split").value = state.split; $("event").value = state.event;
  }

  function read() {
    const number = (id, otherwise) => ($(id).value === "" || isNaN(+$(id).value) ? otherwise : Math.min(1, Math.max(0, +$(id).value)));
    Object.assign(state, { q: $("q").value, min: number("min", 0), max: number("max", 1), kind: $("kind").value, split: $("split").value, event: $("event").value });
  }

  function changed() {
    version += 1;
    words = state.q.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).map((text) => ({ text, accented: accented(text) }));
    const event = state.event.trim().toLowerCase();
    let reports = 0, pairs = 0, all = 0;
    data.reports.forEach((r, i) => {
      const fits = event && !data.events[r.event].toLowerCase().includes(event) ? 0 : r.rows.filter((row) => matches(r, row)).length;
      cards[i].hidden = fits === 0;
      reports += fits > 0; pairs += fits; all += r.rows.length;
    });
    $("count").textContent = `${grouped(pairs)} of ${count(all, "pair", "pairs")}, ${grouped(reports)} of ${count(data.reports.length, "report pair", "report pairs")}`;
    $("none").hidden = reports > 0;
    $("view").textContent = state.view === "text" ? "Pairs only" : "Full text";
    // The first ones at once, without waiting for the observer.
    let first = 3;
    cards.forEach((card, i) => { if (!card.hidden && (near.has(i) || first-- > 0)) build(i); });
    Object.assign(document.documentElement.dataset, { pairs, reports });
    address();
  }

  function address() {
    const wanted = new URLSearchParams();
    for (const [name, usual] of [["q", ""], ["min", 0], ["max", 1], ["kind", ""], ["split", ""], ["event", ""], ["view", full ? "text" : "rows"], ["theme", ""]]) if (state[name] !== usual) wanted.set(name, state[name]);
    if (state.at >= 0) wanted.set("at", state.at + 1);
    try { history.replaceState(null, "", "#" + wanted); } catch { /* Some browsers forbid it for files: the page works without. */ }
  }

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", "kind", "split", "event", "theme"]) state[name] = given.get(name) || "";
    for (const [name, usual] of [["min", 0], ["max", 1]]) state[name] = given.has(name) && !isNaN(+given.get(name)) ? +given.get(name) : usual;
    if (full) state.view = given.get("view") === "rows" ? "rows" : "text";
    toFields();
    theme();
    changed();
    const at = +given.get("at");
    if (at >= 1 && at <= cards.length) go(at - 1);
  }

  // --- going about

  function go(i) {
    if (i === undefined || !cards[i]) return;
    if (cards[i].hidden) { Object.assign(state, { q: "", min: 0, max: 1, kind: "", split: "", event: "" }); toFields(); changed(); }
    if (cards[state.at]) cards[state.at].classList.remove("now");
    state.at = i;
    cards[i].classList.add("now");
    build(i);
    cards[i].scrollIntoView({ block: "start" });
    cards[i].querySelector("header").focus({ preventScroll: true });
    address();
  }

  function walk(way) {
    const top = $("bar").getBoundingClientRect().bottom, seen = (i) => { const box = cards[i].getBoundingClientRect(); return box.bottom > top + 8 && box.top < innerHeight; };
    let from = state.at;
    // After scrolling by hand one goes on from what is seen.
    if (from < 0 || cards[from].hidden || !seen(from)) {
      const first = [...near].filter((i) => !cards[i].hidden && seen(i)).sort((a, b) => a - b)[0];
      if (first !== undefined) { from = way > 0 && cards[first].getBoundingClientRect().top > top ? first - 1 : first; } else if (from < 0) from = way > 0 ? -1 : cards.length;
    }
    for (let i = from + way; i >= 0 && i < cards.length; i += way) if (!cards[i].hidden) return go(i);
  }

  function theme() {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("theme").textContent = dark ? "Light" : "Dark";
  }
  function switchTheme() {
    state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    theme(); address();
  }
  function switchView() {
    if (!full) return;
    state.view = state.view === "text" ? "rows" : "text";
    changed();
  }

  function listen() {
    let timer = 0;
    $("bar").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { read(); changed(); }, 150); });
    $("bar").addEventListener("submit", (event) => event.preventDefault());
    $("bar").addEventListener("reset", (event) => { event.preventDefault(); Object.assign(state, { q: "", min: 0, max: 1, kind: "", split: "", event: "" }); toFields(); changed(); });
    $("view").addEventListener("click", switchView);
    $("theme").addEventListener("click", switchTheme);
    $("help-open").addEventListener("click", () => $("help").showModal());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
    addEventListener("hashchange", fromAddress);
    const list = $("list");
    for (const kind of ["mouseover", "focusin"]) list.addEventListener(kind, (event) => { const s = spot(event); if (s) light(s.closest(".card"), +s.dataset.p); });
    list.addEventListener("mouseout", (event) => { const s = spot(event); if (s && !s.closest(".card").contains(document.activeElement)) light(s.closest(".card"), null); });
    list.addEventListener("click", (event) => { const s = spot(event); if (s && !String(getSelection())) { light(s.closest(".card"), +s.dataset.p); partner(s); } });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
      if (event.target.matches("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
      const s = spot(event);
      if (s && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); partner(s); return; }
      const act = { j: () => walk(1), k: () => walk(-1), "/": () => { $("q").focus(); $("q").select(); }, "?": () => $("help").showModal(), v: switchView, d: switchTheme }[event.key];
      if (act) { event.preventDefault(); act(); }
    });
    // On paper everything that fits the filters is wanted, unless that is a book.
    addEventListener("beforeprint", () => cards.filter((card) => !card.hidden).slice(0, 500).forEach((card) => build(+card.dataset.at)));
  }

  figures(); funnel(); histogram(); beads(); legend(); makeCards(); graph();
  for (const name of data.events) $("events").append(el("option", { value: name }));
  for (const name of data.splits) $("split").append(el("option", {}, name));
  $("split-label").hidden = data.splits.length === 0;
  $("view").hidden = !full;
  listen();
  fromAddress();
  cards.forEach((card) => observer.observe(card));
  document.documentElement.dataset.ready = "yes";
})();
