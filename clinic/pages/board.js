// Looks for news every 15 seconds and puts it in place of the old. While the server is away the board keeps what
// it has and says since when; it goes on by itself. Without this script the page asks to be loaded again.
const TURN_MS = 15000;
const old = document.querySelector("#old");

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(TURN_MS) });
    if (!answer.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#board");
    if (!fresh) return location.reload(); // the log-in has ended
    document.querySelector("#board").replaceWith(document.adoptNode(fresh));
    old.hidden = true;
  } catch {
    old.hidden = false;
  }
}

setInterval(look, TURN_MS);
