// The console's connection to the server's event stream. A browser has one stream for all of its tabs: over HTTP/1.1 it
// opens six connections to a server, and a stream in each tab would leave none for anything else. This file runs in two
// places: as a module in each page, and as the shared worker that holds the stream.
//
// A page takes the first of these that works: the shared worker; the tab that holds a lock keeps the stream and passes it
// on to the others; a stream of its own, closed while nobody sees the page. The page hears events `live-…` on `window`:
// `open`, `lost`, `signed-out`, `away` (lost for a while), `front-end`, `outbox`, `change`, `contact`, `reset`. It sends
// `live-follow` once it listens, and `live-retry` to try again at once.
//
// Changes are sent to those who show what changed. So the stream tells the server what all of its tabs show: rows of lists, and
// pages of single things, which hear of more. Of all other changes comes a hint now and then that lists may have changed.
const STREAM = "/live";
const CHECK = "/fn/account/check";
/** The server sends a beat every 15 seconds. A stream that is silent for longer than this is dead. */
const SILENCE_MS = 40_000;
/** Pauses before a stream that the browser gave up is opened again. The last one is repeated. */
const REOPEN_MS = [1000, 2000, 4000];
const WATCH_MS = 5000;
/** A connection that is back within this time is not worth a bar. */
const AWAY_MS = 5000;
/** How long a page waits for an answer of the worker before it takes another way. */
const ANSWER_MS = 5000;
/** Changes of what a page shows are told together, after this pause; what could not be told, again after the other one. */
const SHOW_MS = 250;
const SHOW_AGAIN_MS = 4000;
const MISSED_MS = 3000;
/** What the server is told at most. */
const SHOWN_MAX = 2000;
/** Rows of lists. */
const ROWS = "tr:is([data-slot-id], [data-person-id], [data-invitation-id])";
/** Changes that are kept for pages that join later. */
const RECENT_MAX = 1000;

/** Keeps a stream open, and passes on what it says. `tell` gets messages `{ type, data, seq }`. */
function makeStream(tell) {
  let source;
  let name;
  /** What each tab shows: `{ rows, pages }`. */
  const shown = new Map();
  let showing;
  let isShowing = false;
  let isShownAgain = false;
  let state = "connecting";
  let frontEnd;
  let outbox;
  let heardAt = 0;
  let reopen;
  let tries = 0;
  let watch;
  // The place in the journal up to which everything is known, and from which on `recent` is complete.
  let known;
  let since = 0;
  /** Changes in the journal, each with its place there. */
  let recent = [];

  function say(next) {
    if (next === state) return;
    const isBack = state === "lost" && next === "open";
    state = next;
    tell({ type: next });
    // Not everything that changes a page is in the journal, so what was missed cannot be told one by one.
    if (isBack) tell({ type: "reset" });
  }

  function received(event) {
    heardAt = Date.now();
    tries = 0;
    const message = { type: event.type, data: event.data };
    const id = Number(event.lastEventId);
    if (event.type === "stream") {
      name = event.data;
      return show();
    }
    if (event.type === "front-end") {
      frontEnd = message;
      known ??= id;
    } else if (event.type === "outbox") {
      outbox = message;
    } else if (event.type === "reset") {
      recent = [];
      known = since = id;
      // What another server was told may be among what was missed. All browsers hear this together.
      show(SHOW_MS + Math.random() * MISSED_MS);
    } else if (event.type === "change") {
      // The place up to which nothing is left out may be before that of the change, while a hint is still to come.
      message.seq = known = Math.max(known, id);
      const { seq } = JSON.parse(event.data);
      if (seq != null && recent.push([seq, message]) > RECENT_MAX) since = Math.max(since, recent.shift()[0]);
    }
    say("open");
    tell(message);
  }

  function connect() {
    close();
    source = new EventSource(known === undefined ? STREAM : `${STREAM}?after=${known}`);
    source.onerror = failed;
    for (const type of ["front-end", "stream", "outbox", "change", "beat", "reset"]) source.addEventListener(type, received);
    heardAt = Date.now();
    watch = setInterval(look, WATCH_MS);
  }

  /** Tells the server what all pages show, one call after the other. It is told of a stream that begins anew in any case. */
  function show(pause = SHOW_MS) {
    isShownAgain = true;
    if (isShowing) return;
    clearTimeout(showing);
    showing = setTimeout(async () => {
      const stream = name;
      if (stream === undefined) return;
      isShowing = true;
      isShownAgain = false;
      const all = (kind, max) => [...new Set([...shown.values()].flatMap((it) => it[kind]))].slice(0, max);
      const pages = all("pages", SHOWN_MAX);
      const rows = all("rows", SHOWN_MAX - pages.length);
      const answer = await fetch(`${STREAM}/${stream}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ rows, pages }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      isShowing = false;
      if (isShownAgain) show();
      else if (answer?.ok) tell({ type: "shown", data: { rows, pages } });
      else show(SHOW_AGAIN_MS);
    }, pause);
  }

  /** A tab shows this; nothing when it is gone. */
  function shows(tab, what) {
    if (what) shown.set(tab, what);
    else shown.delete(tab);
    show();
  }

  /** A browser does not notice that nothing comes any more: after sleep, or when the server hangs. */
  function look() {
    if (Date.now() - heardAt < SILENCE_MS) return;
    say("lost");
    connect();
  }

  /** The browser tries again by itself, but not after an answer that is no stream. */
  function failed() {
    say("lost");
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(reopen);
    reopen = setTimeout(check, REOPEN_MS[Math.min(tries++, REOPEN_MS.length - 1)]);
  }

  /** A stream does not tell its status, so another request has to say whether the session is over. */
  async function check() {
    const tried = source;
    const answer = await fetch(CHECK, { method: "POST", signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (source !== tried) return;
    if (answer?.status === 401) {
      close();
      say("signed-out");
    } else {
      connect();
    }
  }

  function close() {
    clearInterval(watch);
    clearTimeout(reopen);
    source?.close();
    source = name = undefined;
  }

  /** Adds a page that knows everything up to `seq`; returns what it has to hear first. */
  function join(seq) {
    if (source === undefined) {
      // Nobody listened, or the session was over: what this page knows is where the stream begins.
      state = "connecting";
      [known, since, recent, frontEnd, outbox] = [seq, seq, []];
      connect();
      return [];
    }
    const missed = seq < since ? [{ type: "reset" }] : recent.filter(([place]) => place > seq).map(([, message]) => message);
    return [frontEnd, outbox, { type: state }, ...missed].filter(Boolean);
  }

  return { join, close, shows, retry: () => source !== undefined && connect() };
}

/** In the worker: each page is a port. */
function serve() {
  const ports = new Set();
  const stream = makeStream((message) => ports.forEach((port) => port.postMessage(message)));
  self.onconnect = ({ ports: [port] }) => {
    port.onmessage = ({ data }) => {
      if (data.type === "hello") {
        ports.add(port);
        for (const message of [...stream.join(data.seq), { type: "joined" }]) port.postMessage(message);
      } else if (data.type === "retry") {
        stream.retry();
      } else if (data.type === "shows") {
        stream.shows(port, data.shows);
      } else {
        ports.delete(port);
        stream.shows(port);
        if (ports.size === 0) stream.close();
      }
    };
  };
}

/** The worker holds the stream. Pages of another build have a worker of their own. */
function byWorker(build, hear, seq, failed) {
  const worker = new SharedWorker(import.meta.url, { type: "module", name: build });
  const { port } = worker;
  const patience = setTimeout(failed, ANSWER_MS);
  worker.onerror = failed;
  port.onmessage = ({ data }) => (data.type === "joined" ? clearTimeout(patience) : hear(data));
  port.postMessage({ type: "hello", seq });
  return {
    retry: () => port.postMessage({ type: "retry" }),
    shows: (shows) => port.postMessage({ type: "shows", shows }),
    close() {
      clearTimeout(patience);
      port.postMessage({ type: "bye" });
      port.close();
    },
  };
}

/** The tab with the lock holds the stream, and passes it on to all others. The lock goes over when that tab closes. */
function byLock(build, hear, seq) {
  const channel = new BroadcastChannel(`live ${build}`);
  const waiting = new AbortController();
  const me = `${Math.random()}`;
  let stream;
  let mine;
  let release = () => waiting.abort();
  channel.onmessage = ({ data }) => {
    if (data.hello !== undefined) {
      if (stream) channel.postMessage({ to: data.from, messages: stream.join(data.hello) });
    } else if (data.retry) {
      stream?.retry();
    } else if ("shows" in data) {
      stream?.shows(data.from, data.shows);
    } else if (data.holder) {
      channel.postMessage({ shows: mine, from: me });
    } else if (data.to === undefined || data.to === me) {
      data.messages.forEach(hear);
    }
  };
  const hold = () =>
    new Promise((resolve) => {
      release = resolve;
      stream = makeStream((message) => {
        channel.postMessage({ messages: [message] });
        hear(message);
      });
      stream.join(followed.seq).forEach(hear);
      stream.shows(me, mine);
      channel.postMessage({ holder: me });
    });
  navigator.locks.request(`live ${build}`, { signal: waiting.signal }, hold).catch(() => {});
  channel.postMessage({ hello: seq, from: me });
  return {
    retry: () => (stream ? stream.retry() : channel.postMessage({ retry: true })),
    shows(what) {
      mine = what;
      if (stream) stream.shows(me, what);
      else channel.postMessage({ shows: what, from: me });
    },
    close() {
      if (!stream) channel.postMessage({ shows: undefined, from: me });
      stream?.close();
      channel.close();
      release();
    },
  };
}

/** The page has a stream of its own while somebody sees it. */
function byItself(_, hear) {
  const stream = makeStream(hear);
  const look = () => {
    if (document.hidden) return stream.close();
    stream.join(followed.seq).forEach(hear);
    hear({ type: "reset" });
  };
  document.addEventListener("visibilitychange", look);
  stream.join(followed.seq).forEach(hear);
  return {
    retry: stream.retry,
    shows: (what) => stream.shows("", what),
    close() {
      document.removeEventListener("visibilitychange", look);
      stream.close();
    },
  };
}

/** What this page follows. */
const followed = {
  /** Everything up to this place in the journal is in the page. */
  seq: 0,
  state: "connecting",
  lostAt: 0,
  heardAt: 0,
  /** What this page shows, as the stream was told. */
  shown: undefined,
  link: undefined,
};

/** In a page. */
function follow() {
  const { build, seq } = document.documentElement.dataset;
  const ways = [];
  if ("SharedWorker" in globalThis) ways.push(byWorker);
  if (navigator.locks && "BroadcastChannel" in globalThis) ways.push(byLock);
  ways.push(byItself);
  followed.seq = Number(seq ?? 0);
  let away;
  /** The device whose page has been fetched since its reports are heard. */
  let caughtUp;

  const send = (type, data = "") => dispatchEvent(new MessageEvent(`live-${type}`, { data: String(data) }));

  function enter(state) {
    followed.state = state;
    clearTimeout(away);
    if (state === "lost" || state === "connecting") {
      followed.lostAt ||= Date.now();
      away = setTimeout(() => send("away", followed.lostAt), AWAY_MS);
    } else {
      followed.lostAt = 0;
    }
    send(state);
    // What is not in the journal may have changed between the drawing of the page and the opening of the stream.
    caughtUp = undefined;
    if (state === "open") send("change", JSON.stringify({ reach: "import" }));
  }

  /** The device of this page may have reported before the stream told the server that it is shown. */
  function catchUp(told) {
    const mine = followed.shown;
    if (!mine || !["rows", "pages"].every((kind) => mine[kind].every((id) => told[kind].includes(id)))) return;
    document.documentElement.dataset.shown = "";
    const slot = document.querySelector("[data-detail]")?.dataset.detail;
    if (slot && slot !== caughtUp) send("change", JSON.stringify({ slot_id: slot, reach: "page" }));
    caughtUp = slot;
  }

  function hear({ type, data, seq }) {
    followed.heardAt = Date.now();
    if (seq > followed.seq) followed.seq = seq;
    // A stream begins: what was said before it knew the page is lost.
    if (type === "front-end") caughtUp = undefined;
    if (type === "beat") beat(JSON.parse(data));
    else if (type === "shown") catchUp(data);
    else if (type === "open" || type === "lost" || type === "signed-out") enter(type);
    else send(type, data);
  }

  /** Of all contacts only those matter that the page shows. */
  function beat(contacts) {
    for (const [slot, at, isReport] of contacts) {
      if (document.querySelector(`[data-slot-id="${slot}"], [data-detail="${slot}"]`)) send("contact", `${slot} ${at}`);
      // The page of a device says when each part of its state was reported.
      if (isReport && document.querySelector(`[data-detail="${slot}"]`)) {
        send("change", JSON.stringify({ slot_id: slot, reach: "page" }));
      }
    }
  }

  /** Tells what the page shows, whenever that is something else. */
  function show() {
    const ids = (selector) =>
      [...document.querySelectorAll(selector)]
        .flatMap(({ dataset: { slotId, detail, personId, invitationId } }) => [slotId, detail, personId, invitationId])
        .filter(Boolean);
    const what = { rows: ids(ROWS), pages: ids("[data-detail]") };
    if (JSON.stringify(followed.shown) === JSON.stringify(what) || followed.link === undefined) return;
    followed.shown = what;
    delete document.documentElement.dataset.shown;
    followed.link.shows(what);
  }

  function connect() {
    followed.link?.close();
    followed.shown = undefined;
    followed.heardAt = Date.now();
    const [way] = ways;
    const failed = () => {
      if (ways[0] === way && ways.length > 1) {
        ways.shift();
        connect();
      }
    };
    try {
      followed.link = way(build, hear, followed.seq, failed);
      show();
    } catch {
      followed.link = undefined;
      failed();
    }
  }

  function disconnect() {
    followed.link?.close();
    followed.link = undefined;
  }

  // The worker, or the tab with the lock, may be gone.
  function look() {
    if (followed.link === undefined || followed.state === "signed-out" || document.hidden) return;
    if (Date.now() - followed.heardAt < SILENCE_MS + 2 * WATCH_MS) return;
    enter("lost");
    connect();
  }

  addEventListener("live-follow", () => {
    if (followed.link === undefined) connect();
    enter(followed.state);
  });
  addEventListener("live-retry", () => (followed.link ? followed.link.retry() : connect()));
  addEventListener("online", () => followed.link?.retry());
  addEventListener("pagehide", disconnect);
  // A page that comes back from the browser's cache is as old as when it went there.
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  setInterval(look, WATCH_MS);
  let looking;
  new MutationObserver(() => (looking ??= setTimeout(() => show((looking = undefined)), SHOW_MS))).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-slot-id", "data-detail", "data-person-id", "data-invitation-id"],
  });
}

if ("SharedWorkerGlobalScope" in globalThis) serve();
else follow();
