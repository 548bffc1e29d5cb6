/**
 * The search of a site that is opened from a folder. A browser runs no worker from there
 * (https://html.spec.whatwg.org/multipage/workers.html#dom-worker), so a frame takes its place: the theme's own search
 * worker runs in it unchanged. They talk through a channel of their own; only the frame can offer it.
 */
(() => {
  if (location.protocol !== "file:") return;
  const room = document.currentScript.dataset.frame;

  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      const waiting = [];
      let send = (data) => waiting.push(data);
      this.postMessage = (data) => send(data);
      this.terminate = () => frame.remove();
      frame.hidden = true;
      frame.title = "";
      frame.src = `${room}#${encodeURIComponent(new URL(address, location.href).href)}`;
      addEventListener("message", ({ source, ports: [port] }) => {
        if (source !== frame.contentWindow || !port) return;
        port.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
        send = (data) => port.postMessage(data);
        waiting.splice(0).forEach(send);
      });
      document.body.append(frame);
    }
  };
})();
