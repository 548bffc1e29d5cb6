/** The frame in which a worker's script runs, where a browser runs no worker: what it asks of a worker, it has here. */
(() => {
  const outside = parent;
  const { port1: own, port2: theirs } = new MessageChannel();
  const load = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  // The worker looks whether it runs in a frame that it knows; a window of another origin would not let it look.
  self.parent = self;
  // To some browsers the pages of a folder are of one origin, to others of many: this must not reach the page itself.
  self.postMessage = (data) => own.postMessage(data);
  own.onmessage = ({ data }) => self.dispatchEvent(new MessageEvent("message", { data }));
  const wanted = decodeURIComponent(location.hash.slice(1));
  // The theme waits for what it imports, so that it need not be there at once.
  self.importScripts = (...addresses) => addresses.reduce((before, one) => before.then(() => load(new URL(one, wanted))), Promise.resolve());
  const folder = new URL(".", location.href).href;
  if (outside !== self && wanted.startsWith(folder)) load(wanted).then(() => outside.postMessage("ready", "*", [theirs]));
})();
