/** The management interface with one PHY, number 1, and its registers (IEEE 802.3 clause 22). */
import type { Engine } from "../nic.ts";

const PHY = 1;
const BUSY_NS = 30_000;
const CMD_WRITE = 0x40000000;
const CMD_BUSY = 0x80000000;
const NOBODY = 0xffff;

const BMCR = 0;
const BMSR = 1;
const PHYSID1 = 2;
const PHYSID2 = 3;
const ADVERTISE = 4;
const LPA = 5;
const BMCR_RESET = 0x8000;
const BMCR_RESTART = 0x0200;
const BMCR_DEFAULT = 0x3100; // 100 Mbit/s, autonegotiation, full duplex
const BMSR_ABILITIES = 0x7809; // all modes of 10 and 100 Mbit/s, autonegotiation
const BMSR_LINK = 0x0004;
const BMSR_DONE = 0x0020;
const ALL_MODES = 0x01e1;
const ACKNOWLEDGED = 0x4000;

export class Phy {
  cmd = 0;
  data = 0;
  readonly #engine: Engine;
  readonly #carrier: () => boolean;
  readonly #registers = new Uint16Array(32);
  /** Link failure since the last read of BMSR. */
  #wasDown = false;

  constructor(engine: Engine, carrier: () => boolean) {
    this.#engine = engine;
    this.#carrier = carrier;
    this.powerUp();
  }

  powerUp(): void {
    this.#engine.cancel();
    this.cmd = 0;
    this.data = 0;
    const r = this.#registers;
    r.fill(0);
    r[BMCR] = BMCR_DEFAULT;
    r[PHYSID1] = 0x4c41;
    r[PHYSID2] = 0x0010;
    r[ADVERTISE] = ALL_MODES;
    this.#wasDown = !this.#carrier();
  }

  /** The card is reset: the interface forgets its command, the PHY lives on. */
  forgetCommand(): void {
    this.#engine.cancel();
    this.cmd = 0;
    this.data = 0;
  }

  linkChanged(): void {
    if (!this.#carrier()) this.#wasDown = true;
  }

  /** A command; while one is under way others are ignored. */
  command(value: number): void {
    if (this.cmd >= CMD_BUSY) return;
    this.cmd = ((value % CMD_BUSY) | 0) >>> 0;
    const { data } = this;
    const register = value & 0x1f;
    const phy = (value >> 5) & 0x1f;
    const write = (value & CMD_WRITE) !== 0;
    this.cmd += CMD_BUSY;
    this.#engine.after(BUSY_NS, () => {
      this.cmd %= CMD_BUSY;
      if (!write) this.data = phy === PHY ? this.#read(register) : NOBODY;
      else if (phy === PHY) this.#write(register, data & 0xffff);
    });
  }

  #read(register: number): number {
    if (register === BMSR) {
      const link = this.#carrier() && !this.#wasDown;
      this.#wasDown = !this.#carrier();
      return BMSR_ABILITIES | (link ? BMSR_LINK | BMSR_DONE : 0);
    }
    if (register === LPA) return this.#carrier() ? ALL_MODES | ACKNOWLEDGED : 0;
    return this.#registers[register]!;
  }

  #write(register: number, value: number): void {
    if (register === BMCR) this.#registers[BMCR] = value & BMCR_RESET ? BMCR_DEFAULT : value & ~BMCR_RESTART;
    else if (register === ADVERTISE || register > LPA) this.#registers[register] = value;
  }
}
