// Preloaded into a process: its clock is set by `{ clockMs }` over its channel, as far from the clock of the machine.
const machine = Date;
let clockMs = 0;

globalThis.Date = class extends machine {
  constructor(...parts) {
    if (parts.length === 0) super(machine.now() + clockMs);
    else super(...parts);
  }

  static now() {
    return machine.now() + clockMs;
  }
};

process.on('message', (message) => {
  clockMs = message.clockMs;
  process.send('set');
});
process.channel.unref();
