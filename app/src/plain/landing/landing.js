// Keeps a landing page current. Every page works without this file.
(() => {
  "use strict";
  const page = document.getElementById("page");
  if (!page) return;

  // Reports once that a person uses the page. "scroll" is left out: a script that scrolls fires it as trusted, too.
  const signs = ["pointerdown", "keydown", "wheel", "touchmove"];
  const arm = () => signs.forEach((sign) => addEventListener(sign, report, { capture: true, passive: true }));
  const disarm = () => signs.forEach((sign) => removeEventListener(sign, report, { capture: true }));
  function report(event) {
    if (!event.isTrusted) return;
    disarm();
    fetch(page.dataset.seen, { method: "POST", keepalive: true })
      .then((answer) => { if (answer.status >= 500) arm(); })
      .catch(arm);
  }
  arm();

  // Desktop-class tablets call themselves a Mac. A real one has no touch screen.
  const mac = document.getElementById("mac");
  if (mac && navigator.maxTouchPoints < 2) mac.hidden = false;

  // Copy buttons, where the browser lets a page copy.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button[data-copy]")) {
      const name = button.textContent;
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.copy);
        try {
          await navigator.clipboard.writeText(source.textContent);
          button.textContent = page.dataset.copied;
        } catch {
          getSelection().selectAllChildren(source);
          button.textContent = page.dataset.selected;
        }
        setTimeout(() => { button.textContent = name; }, 2000);
      });
    }
  }

  // How far the device is: asked every three seconds while the page is visible, less often while the network is down.
  const card = document.getElementById("status");
  if (!card || !card.dataset.poll) return;
  const text = document.getElementById("status-text");
  const bar = document.getElementById("status-steps");
  let pause = 3000;
  let timer = 0;
  async function ask() {
    timer = 0;
    try {
      const answer = await fetch(card.dataset.poll, { cache: "no-store", headers: { accept: "application/json" } });
      if (answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      if (show(await answer.json())) return;
      pause = 3000;
    } catch {
      pause = Math.min(pause * 2, 30000);
    }
    wait();
  }
  function show(status) {
    if (status.state === "inactive") {
      location.reload();
      return true;
    }
    // Whoever followed the enrollment on this page is told that it is done, also after they accepted somewhere else.
    if (status.state === "done") {
      const done = new URL(location.href);
      done.searchParams.set("mine", "1");
      location.replace(done);
      return true;
    }
    card.dataset.state = status.state;
    // The live region is read out whenever it is written to, so only changes are written.
    if (text.textContent !== status.text) text.textContent = status.text;
    bar.max = status.steps;
    bar.value = status.step;
    return false;
  }
  function wait() {
    if (!timer && document.visibilityState === "visible") timer = setTimeout(ask, pause);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      clearTimeout(timer);
      timer = 0;
    } else if (!timer) {
      timer = setTimeout(ask, 0);
    }
  });
  wait();
})();
