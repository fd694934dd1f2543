"use strict";
// Reads payload version 1 (docs/phone-payload.md) from the fragment of the address and shows it. The fragment
// is never sent anywhere, nothing is loaded, nothing is stored. A code it did not read whole is never half shown.
(() => {
  const table = JSON.parse(document.getElementById("table").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = [4.6, 2.9, 1.6, 0.7], WIDTH = 92.6, WIDE = 2.3;
  const ORDER = table.order, PRESSURE = ["systolic", "diastolic"], GRIP = ["grip_right", "grip_left"];
  const LANGUAGES = Object.keys(table.words), wanted = (navigator.language || "zh").toLowerCase(), tag = (name) => name.replace("_", "-");
  const begun = (code) => LANGUAGES.find((name) => name.split("_")[0] === code.split("-")[0]);
  let language = LANGUAGES.find((name) => tag(name).toLowerCase() === wanted) || begun(wanted) || begun("en");

  function bytes(text) {
    if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error("letters");
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  }

  function reader(raw) {
    let at = 0;
    const take = (count) => {
      if (at + count > raw.length) throw new Error("short");
      at += count;
      return raw.subarray(at - count, at);
    };
    const varint = () => {
      let number = 0, scale = 1;
      for (let place = 0; place < 7; place += 1) {
        const byte = take(1)[0];
        number += (byte & 0x7f) * scale;
        if (!(byte & 0x80)) return number;
        scale *= 128;
      }
      throw new Error("varint");
    };
    const code = () => take(3).reduce((sum, byte) => sum * 256 + byte, 0);
    const text = () => new TextDecoder("utf-8", { fatal: true }).decode(take(varint()));
    const many = (read) => {
      const count = varint();
      if (count > 64) throw new Error("many");
      return Array.from({ length: count }, read);
    };
    const sentence = () => ({ code: code(), args: many(() => {
      const pair = text(), cut = pair.indexOf("=");
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }) });
    return { take, varint, code, text, many, sentence, whole: () => at === raw.length };
  }

  function named(index) {
    if (index >= table.quantities.length) throw new Error("quantity");
    return table.quantities[index];
  }

  function read(fragment) {
    const hand = reader(bytes(fragment));
    if (hand.take(1)[0] !== 1) throw new Error("version");
    const flags = hand.varint(), days = hand.varint();
    const found = { demo: (flags & 1) === 1, level: flags >> 1, on: new Date(Date.UTC(2020, 0, 1 + days)), message: hand.sentence() };
    found.values = hand.many(() => {
      const head = hand.varint(), scaled = hand.varint(), decimals = head & 3, sign = (head >> 2) & 3;
      if (sign > 2) throw new Error("comparator");
      return { quantity: named(head >> 4), scaled, decimals, sign: ["", "below", "above"][sign], number: scaled / 10 ** decimals };
    });
    found.bands = new Map(hand.many(() => {
      const head = hand.varint();
      return [named(head >> 4), { level: head & 3, direction: (head >> 2) & 3, band: hand.code(), word: hand.code() }];
    }));
    found.hints = hand.many(hand.sentence);
    [found.station, found.place, found.telephone] = [hand.text(), hand.text(), hand.text()];
    if (!hand.whole() || found.level > 3) throw new Error("rest");
    return found;
  }

  function crc24(key) {
    let crc = 0xffffffff;
    for (const byte of new TextEncoder().encode(key)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc & 0xffffff;
  }

  const word = (key) => table.words[language][key];
  const coded = (code) => table.sentences[language][code] || "";
  const filled = (sentence, args) => sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? args[name] : whole));
  function say(sentence) {
    const args = {};
    for (const [name, said] of sentence.args) args[name] = said.startsWith("@") ? coded(crc24(said.slice(1))) : said;
    return filled(coded(sentence.code), args);
  }

  function make(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside);
    return made;
  }
  function draw(tag, places, name) {
    const made = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(places)) made.setAttribute(key, value);
    if (name) made.setAttribute("class", name);
    return made;
  }
  function picture(box, name, parts) {
    const made = draw("svg", { viewBox: box, "aria-hidden": "true" }, name);
    made.append(...parts);
    return made;
  }
  function mark(level, direction) {
    const parts = level === null ? [draw("circle", { cx: 5, cy: 5, r: 4.35, "stroke-width": 1.05 }, "ring"), draw("path", { d: "M2.9 5H7.1", "stroke-width": 1.15 }, "ring")]
      : level === 0 ? [draw("circle", { cx: 5, cy: 5, r: 4.35, "stroke-width": 1.05 }, "ring"), draw("polyline", { points: "2.9,5.3 4.45,6.75 7.2,3.6", "stroke-width": 1.15 }, "ring")]
      : level === 1 ? [draw("circle", { cx: 5, cy: 5, r: 4.9 }, "tone")]
      : level === 2 ? [draw("polygon", { points: "5,.45 10,9.45 0,9.45" }, "tone"), draw("polygon", { points: "4.3,3.3 5.7,3.3 5.42,6.6 4.58,6.6" }, "cut"), draw("circle", { cx: 5, cy: 7.75, r: 0.75 }, "cut")]
      : [draw("polygon", { points: "9.85,7.01 7.01,9.85 2.99,9.85 .15,7.01 .15,2.99 2.99,.15 7.01,.15 9.85,2.99" }, "tone"),
        draw("path", { d: "M3.2 2.9 A4.15 4.15 0 0 0 6.9 6.8", "stroke-width": 1.15 }, "cutline"), draw("path", { d: "M3.15 2.95 3.75 3.85M6.15 6.25 7.05 6.85", "stroke-width": 1.7 }, "cutline")];
    if (level === 1 && direction) parts.push(draw("path", { d: "M5 2 7.75 5.2H5.9V7.9H4.1V5.2H2.25Z", ...(direction === 1 ? { transform: "rotate(180 5 5)" } : {}) }, "cut"));
    return picture("0 0 10 10", level === null ? "mark" : `mark l${level}`, parts);
  }

  // The smallest weight, in 0.1 kg, whose printed BMI the band no longer takes; whole numbers, so nothing drifts.
  function weightAbove(limit, upto, height) {
    const square = height * height, bmi10 = (weight) => Math.floor((2e6 * weight + square) / (2 * square));
    const edge = Math.round(limit * 10), takes = (weight) => (upto ? bmi10(weight) <= edge : bmi10(weight) < edge);
    let weight = Math.max(0, Math.floor((edge * square) / 1e6) - 20);
    while (takes(weight)) weight += 1;
    return weight;
  }
  function roadOf(row, heightRow) {
    const found = row.band && table.roads[row.band.band];
    if (!found) return null;
    if (row.quantity !== "body_weight") return { ruler: found.ruler, zones: found.zones.map(([high, , level]) => [high, level]) };
    if (!heightRow || heightRow.sign) return null;
    const height = Math.round(heightRow.number * 10), end = (bmi) => 5 * Math.round((bmi * height * height) / 5e6);
    let normal = false;
    const zones = found.zones.map(([high, upto, level]) => {
      normal = normal || level === 0;
      return [high === null ? null : ((weightAbove(high, upto, height) - (normal ? 1 : 0)) / 10).toFixed(1), level];
    });
    return { ruler: [end(15), end(34.5)], zones };
  }
  function road(row, { ruler, zones }) {
    const [low, high] = ruler.map(Number), parts = [], labels = [];
    const place = (value) => ((Math.min(Math.max(value, low), high) - low) / (high - low)) * WIDTH;
    let left = 0;
    const joined = zones.filter(([, level], n) => n === zones.length - 1 || zones[n + 1][1] !== level);
    joined.forEach(([limit, level], n) => {
      const right = limit === null ? WIDTH : place(Number(limit));
      if (right > left) parts.push(draw("rect", { x: left, y: -HEIGHT[level] / 2, width: right - left, height: HEIGHT[level] }, `zone z${level}`));
      if (limit !== null && Number(limit) > low && Number(limit) < high) {
        const next = joined[n + 1][1];
        labels.push([level === 0 || next === 0 ? 0 : Math.max(level, next), right, String(limit)]);
      }
      left = right;
    });
    const placed = [];
    labels.sort((one, other) => one[0] - other[0]).forEach(([, at, text]) => {
      const wide = text.length * 2.6, from = Math.min(Math.max(at - wide / 2, 0), WIDTH - wide);
      if (placed.some(([start, end]) => from < end + 1.6 && start < from + wide + 1.6)) return;
      placed.push([from, from + wide]);
      parts.push(draw("line", { x1: at, x2: at, y1: WIDE, y2: WIDE + 0.8 }, "tick"));
      const label = draw("text", { x: from + wide / 2, y: WIDE + 5, "text-anchor": "middle" });
      label.textContent = text;
      parts.push(label);
    });
    const beyond = row.sign === "above" || row.number > high ? 1 : row.sign === "below" || row.number < low ? -1 : 0;
    const pin = (grow, name) => {
      if (beyond) {
        const x = beyond > 0 ? WIDTH : 0, back = x - beyond * (3.8 + grow);
        return [draw("polygon", { points: `${x + beyond * grow},0 ${back},${-2.15 - grow} ${back},${2.15 + grow}` }, name)];
      }
      const x = place(row.number), half = 2.15 + grow, stem = 0.45 + grow;
      return [draw("rect", { x: x - stem, y: -WIDE - 1.35, width: 2 * stem, height: 2 * WIDE + 1.55 + grow }, name),
        draw("polygon", { points: `${x - half},${-WIDE - 2.7 - grow} ${x + half},${-WIDE - 2.7 - grow} ${x},${-WIDE + 1.2 + grow}` }, name)];
    };
    return picture(`-0.5 -5.4 ${WIDTH + 1} 13.4`, "road", [...parts, ...pin(0.35, "paper"), ...pin(0, "ink")]);
  }

  function rowsOf(found) {
    const all = found.values.map((value) => ({ ...value, band: found.bands.get(value.quantity) }));
    const hands = all.filter((row) => GRIP.includes(row.quantity)).sort((one, other) => other.number - one.number);
    if (hands.length) hands[0].band = hands[0].band || GRIP.map((hand) => found.bands.get(hand)).find(Boolean);
    const shown = all.filter((row) => row.quantity !== "body_height" && (!GRIP.includes(row.quantity) || row === hands[0]));
    const level = (row) => (row.band ? row.band.level : -1);
    const pressure = Math.max(-1, ...shown.filter((row) => PRESSURE.includes(row.quantity)).map(level));
    const rank = (row) => (PRESSURE.includes(row.quantity) ? pressure : level(row));
    return shown.sort((one, other) => rank(other) - rank(one) || ORDER.indexOf(one.quantity) - ORDER.indexOf(other.quantity));
  }
  const printed = (row) => (row.sign ? `${word(row.sign)} ` : "") + (row.scaled / 10 ** row.decimals).toFixed(row.decimals);
  function rowShown(row, heightRow) {
    const unit = table.units[language][row.quantity];
    const line = make("p", "line", ...(row.band ? [mark(row.band.level, row.band.direction)] : []), make("span", "", table.names[language][row.quantity]), " ",
      make("span", "value", printed(row)), " ", make("span", "soft", unit), " ");
    if (row.band) line.append(make("span", `word l${row.band.level}`, coded(row.band.word)));
    const drawn = roadOf(row, heightRow);
    return make("li", "row", line, ...(drawn ? [road(row, drawn)] : []));
  }

  // It explains the drawings, which are hidden from who listens; so is it.
  function legend(...signs) {
    const made = make("p", "legend", ...signs);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  // A main sentence breaks between its clauses only. One that this page does not know yet is said as its level.
  const clauses = (sentence) => sentence.replace(/([，。]|\.\s)/g, "$1\n").split("\n").filter(Boolean).map((part) => make("span", "clause", part));

  function buttons() {
    const next = LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length];
    const larger = make("button", "button", word("larger")), other = make("button", "button", table.words[next].language);
    larger.setAttribute("aria-pressed", document.documentElement.classList.contains("larger"));
    larger.onclick = () => larger.setAttribute("aria-pressed", document.documentElement.classList.toggle("larger"));
    other.lang = tag(next);
    other.onclick = () => { language = next; show(); };
    return [larger, other];
  }
  function call(telephone) {
    const made = make("a", "button first", word("call"));
    made.href = `tel:${telephone.replace(/[^\d+]/g, "")}`;
    return made;
  }
  const dayOf = (day) => ({ year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() });
  const headline = (found) => say(found.message) || word(`level.${found.level}`);
  const nextWords = (found) => filled(word(found.level === 2 ? "again.soon" : "again.later"), dayOf(keeping.again(found.on, found.level)));

  // The next visit, in words and for the calendar; on a day of level 3 only today matters.
  function nextTime(found) {
    if (found.level === 3) return [];
    const entry = make("a", "button", word("calendar"));
    entry.href = keeping.calendar(keeping.again(found.on, found.level), found.on, word("calendar.title"), found.place);
    entry.download = "kangyi.ics";
    return [make("p", "next", nextWords(found)), entry];
  }
  function keep(found) {
    const held = make("div", ""), drawn = make("button", "button", word("picture")), paper = make("button", "button", word("print"));
    drawn.onclick = () => {
      const image = make("img", "held");
      image.alt = word("title");
      image.src = keeping.picture(linesOf(found));
      held.replaceChildren(make("p", "foot", word("picture.hold")), image);
    };
    paper.onclick = () => print();
    return [drawn, held, paper];
  }
  function linesOf(found) {
    const day = filled(word("on"), dayOf(found.on)), small = { size: 36, gap: 6 };
    const rows = rowsOf(found).map((row) => `${table.names[language][row.quantity]} ${printed(row)} ${table.units[language][row.quantity]} ${row.band ? coded(row.band.word) : ""}`);
    return [
      ...(found.demo ? [{ ...small, bold: true, text: `${word("demo")} ${word("demo.why")}` }] : []), { ...small, text: `${day}  ${found.place || found.station}` },
      { size: 64, bold: true, gap: 24, text: headline(found) }, ...found.hints.map(say).filter(Boolean).map((text) => ({ size: 42, gap: 10, text })),
      ...rows.map((text, n) => ({ size: 48, bold: true, gap: n ? 14 : 36, text })),
      ...(found.level === 3 ? [] : [{ size: 42, gap: 36, text: nextWords(found) }]), { ...small, gap: 24, text: word("urgent") }, { ...small, text: word("not_diagnosis") },
    ];
  }

  function good(found) {
    const day = dayOf(found.on);
    const heightRow = found.values.find((value) => value.quantity === "body_height");
    const rows = rowsOf(found).map((row) => rowShown(row, heightRow));
    if (rows.length) rows[rows.length - 1].classList.add("last");
    return [
      ...(found.demo ? [make("p", "", make("span", "demo", word("demo")), word("demo.why"))] : []),
      make("p", "when soft", make("span", "", filled(word("on"), day)), make("span", "", found.place || found.station)),
      make("div", "main", mark(found.level === 0 && !found.values.length ? null : found.level, 0), make("h1", "", ...clauses(headline(found)))),
      ...found.hints.map(say).filter(Boolean).map((hint) => make("p", "hint", hint)),
      ...(/\d{3}/.test(found.telephone) ? [call(found.telephone)] : []), ...nextTime(found),
      legend(make("span", "", picture("0 0 6 8", "", [draw("path", { d: "M0 0H6L3.6 3.4V8H2.4V3.4Z" }, "ink")]), word("now")), make("span", "", word("wide"))),
      ...(rows.length ? [make("h2", "heard", word("values")), make("ul", "rows", ...rows)] : []),
      make("p", "signs", mark(3, 0), make("span", "", word("urgent"))),
      ...buttons(), ...keep(found),
      make("p", "foot soft", word("not_diagnosis")), make("p", "foot soft", word("private")),
    ];
  }
  function broken() {
    return [make("div", "main", make("h1", "", word("broken"))), make("p", "", word("broken.next")), make("p", "foot soft", word("broken.paper")), ...buttons()];
  }
  function show() {
    let shown;
    try { shown = good(read(location.hash.slice(1))); } catch { shown = broken(); }
    document.documentElement.lang = tag(language);
    document.title = word("title");
    document.body.textContent = "";
    document.body.append(make("main", "", ...shown));
  }
  addEventListener("hashchange", show);
  show();
})();
