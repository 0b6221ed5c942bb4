// The line to the server: JSON both ways, as bot/playground/protocol.py says. It comes back by
// itself after the server was away, and then the server tells everything anew.

const PATIENCE = 1000; // milliseconds between two tries

export class Connection {
  #socket = null;
  #hear;
  #lost;

  // `hear` gets each message of the server, `lost` whether the line is down.
  constructor(hear, lost) {
    this.#hear = hear;
    this.#lost = lost;
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}/chat`);
    socket.addEventListener("open", () => this.#lost(false));
    socket.addEventListener("message", (event) => this.#hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      this.#lost(true);
      setTimeout(() => this.open(), PATIENCE);
    });
    this.#socket = socket;
  }

  // Returns whether it could be said.
  say(type, fields) {
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open) this.#socket.send(JSON.stringify({ type, ...fields }));
    return open;
  }
}
