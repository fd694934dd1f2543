"use strict";
// What a person may take from the page: an entry for her calendar, a picture of the result. Both are made here
// and handed to her own telephone; nothing is sent, and nothing is kept by the page.
const keeping = (() => {
  const two = (number) => String(number).padStart(2, "0");
  const stamp = (day) => `${day.getUTCFullYear()}${two(day.getUTCMonth() + 1)}${two(day.getUTCDate())}`;
  // Level 2 in two weeks, else within three months; the last day of a shorter month. As on the paper.
  function again(on, level) {
    if (level === 2) return new Date(on.getTime() + 14 * 86400000);
    const month = on.getUTCMonth() + 3, last = new Date(Date.UTC(on.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(on.getUTCFullYear(), month, Math.min(on.getUTCDate(), last)));
  }

  // RFC 5545: commas, semicolons and backslashes are escaped; a line break could begin another field.
  const plain = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ");
  function calendar(day, on, title, place) {
    const next = new Date(day.getTime() + 86400000);
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kangyi//phone//EN", "BEGIN:VEVENT", `UID:${stamp(on)}-${stamp(day)}@kangyi`,
      `DTSTAMP:${stamp(on)}T000000Z`, `DTSTART;VALUE=DATE:${stamp(day)}`, `DTEND;VALUE=DATE:${stamp(next)}`,
      `SUMMARY:${plain(title)}`, ...(place ? [`LOCATION:${plain(place)}`] : []), "END:VEVENT", "END:VCALENDAR", ""];
    return `data:text/calendar;charset=utf-8,${encodeURIComponent(lines.join("\r\n"))}`;
  }

  // Lines of {text, size, bold, gap}, black on white, as wide as a telephone's picture.
  function picture(lines) {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), edge = 48, wide = 1080;
    const font = (line) => `${line.bold ? "700 " : ""}${line.size}px "Noto Sans SC", system-ui, "PingFang SC", sans-serif`;
    const set = [];
    let y = edge;
    for (const line of lines) {
      pen.font = font(line);
      let row = "";
      y += line.gap || 0;
      for (const piece of line.text.match(/[\x21-\x7e]+\s?|[^\x21-\x7e]/gu) || []) {
        if (row && pen.measureText(row + piece).width > wide - 2 * edge) {
          set.push([line, row, (y += line.size * 1.35)]);
          row = "";
        }
        row += piece;
      }
      if (row) set.push([line, row, (y += line.size * 1.35)]);
    }
    [canvas.width, canvas.height] = [wide, Math.ceil(y + edge)];
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#1a1a1a";
    for (const [line, row, at] of set) {
      pen.font = font(line);
      pen.fillText(row, edge, at);
    }
    return canvas.toDataURL("image/png");
  }
  return { again, calendar, picture };
})();
