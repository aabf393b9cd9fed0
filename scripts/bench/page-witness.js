// Runs in every page of the row `page`: notes for each ring when the INVITE came in over the phone's
// WebSocket, when the caller's card was painted, and when an empty box was, put there by the INVITE.
(() => {
  const seenRings = [];
  window.seenRings = seenRings;
  let ring = null;
  const painted = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => then(performance.now()));
      port1.start();
      port2.postMessage(null);
    });
  const complete = () => {
    const { inviteAt, boxAt, cardAt } = ring;
    if (inviteAt === null || boxAt === null || cardAt === null) return;
    seenRings.push({ cardMs: cardAt - inviteAt, boxMs: boxAt - inviteAt });
  };
  const begun = () => {
    ring ??= { inviteAt: null, boxAt: null, cardAt: null, hasCard: false };
    return ring;
  };

  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.startsWith('INVITE ') || begun().inviteAt !== null)
          return;
        ring.inviteAt = performance.now();
        const box = document.body.appendChild(document.createElement('i'));
        painted((at) => {
          ring.boxAt = at;
          box.remove();
          complete();
        });
      });
    }
  };

  const look = () => {
    const isThere = document.querySelector('.desk-pop[data-ringing=true]') !== null;
    if (isThere && !ring?.hasCard) {
      begun().hasCard = true;
      painted((at) => {
        ring.cardAt = at;
        complete();
      });
    }
    // Over: the next INVITE is the next ring.
    if (!isThere && ring?.hasCard && ring.boxAt !== null && ring.cardAt !== null) ring = null;
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-ringing'],
  });
})();
