// Starts the console, and starts it anew when it breaks. Extensions and translators change pages: what they add or
// replace before the console takes over the server's markup makes it stop with a trap, and it reacts to nothing any more.
// It is then drawn anew in the browser, which needs no markup.
const { js, wasm, words } = document.getElementById("start").dataset;
/** Two traps within this time: drawing anew does not help. */
const TWICE_MS = 60_000;
/** Time limits of requests. The server itself ends what changes something after 30 seconds. */
const READ_MS = 10_000;
const WRITE_MS = 35_000;
const READS = /^\/fn\/[a-z]+\/(list|get|attention|check|credentials|import)$/;

// Listeners that the console added outside of its element. An instance that trapped must hear nothing any more: its
// router would still swallow clicks on links.
let added = [];
for (const target of [window, document]) {
  const [add, remove] = [target.addEventListener.bind(target), target.removeEventListener.bind(target)];
  target.addEventListener = (type, listener, options) => {
    added.push({ remove, type, listener, options });
    add(type, listener, options);
  };
  target.removeEventListener = (type, listener, options) => {
    added = added.filter((one) => one.type !== type || one.listener !== listener);
    remove(type, listener, options);
  };
}

// A server that takes a request and says nothing would leave the page waiting for ever.
const fetchWithoutLimit = window.fetch.bind(window);
window.fetch = (input, init) => {
  const { pathname } = new URL(input.url ?? input, location.href);
  if (!pathname.startsWith("/fn/")) return fetchWithoutLimit(input, init);
  const limit = new AbortController();
  const given = init?.signal ?? input.signal;
  given?.addEventListener("abort", () => limit.abort(given.reason));
  setTimeout(() => limit.abort(), READS.test(pathname) ? READ_MS : WRITE_MS);
  return fetchWithoutLimit(input, { ...init, signal: limit.signal });
};

/** Which start of the console this is. Later ones load their files under another address, to get an instance of their own. */
let number = 0;
let trappedAt = -Infinity;
let isBroken = false;

const textOf = async (answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status}`)));

async function start() {
  const query = number === 0 ? "" : `?start=${number}`;
  const [module, phrases] = await Promise.all([
    import(js + query).then((module) => module.default({ module_or_path: wasm + query }).then(() => module)),
    fetch(words).then(textOf),
  ]);
  if (number === 0) module.hydrate(phrases);
  else module.draw(phrases);
}

function leave() {
  for (const { remove, type, listener, options } of added) remove(type, listener, options);
  added = [];
  delete document.documentElement.dataset.hydrated;
}

/** Tells the server, once for each start, so that its log shows what people met. */
function report(error) {
  const body = `${location.pathname} ${error?.message ?? error}`.slice(0, 500);
  fetchWithoutLimit("/page-trouble", { method: "POST", body, keepalive: true }).catch(() => {});
}

/** Nothing helps: links load pages from the server, and a bar says so. */
async function giveUp() {
  isBroken = true;
  leave();
  document.getElementById("broken").hidden = false;
  const root = document.getElementById("console");
  if (root.childElementCount > 0) return;
  const page = await fetchWithoutLimit(location.href).then(textOf);
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("console");
  if (fresh) root.replaceWith(fresh);
}

function failed(error) {
  if (isBroken) return;
  report(error);
  if (!(error instanceof WebAssembly.RuntimeError) || performance.now() - trappedAt < TWICE_MS) {
    giveUp();
    return;
  }
  trappedAt = performance.now();
  number += 1;
  leave();
  // An element without listeners, and without what the other instance still holds.
  const root = document.getElementById("console");
  root.replaceWith(root.cloneNode(false));
  start().catch(failed);
}

function heard(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  // Timers of an instance that was left may still trap. Each frame of the stack names the file that it runs.
  if (number === 0 || String(error.stack).includes(`start=${number}`)) failed(error);
}

EventTarget.prototype.addEventListener.call(window, "error", (event) => heard(event.error));
EventTarget.prototype.addEventListener.call(window, "unhandledrejection", (event) => heard(event.reason));
start().catch(failed);
