/** The 256 bytes by which a PCI card introduces itself and is set up. */
import type { NicModel } from "./nic.ts";

export const PCI_COMMAND = 0x04;
export const COMMAND_IO = 1;
export const COMMAND_MEMORY = 2;
export const COMMAND_MASTER = 4;
export const COMMAND_INTX_DISABLE = 0x400;
const STATUS_CAPABILITIES = 0x10;
const CLASS_ETHERNET = 0x020000;
const BAR0 = 0x10;
/** Where the capabilities lie. */
const PM_CAP = 0x40;
export const PM_CONTROL = PM_CAP + 4;
const MSI_CAP = 0x50;
const CAP_ID_PM = 1;
const CAP_ID_MSI = 5;

/** Bits that software may change, by offset of the byte. */
function writable(model: NicModel): Uint8Array {
  const mask = new Uint8Array(256);
  mask[PCI_COMMAND] = 0x57;
  mask[PCI_COMMAND + 1] = 0x05;
  mask[0x0c] = 0xff; // cache line size
  mask[0x0d] = 0xf8; // latency timer
  mask[0x3c] = 0xff; // interrupt line
  const view = new DataView(mask.buffer);
  for (const [i, bar] of model.bars.entries()) view.setUint32(BAR0 + 4 * i, ~(bar.size - 1), true);
  mask[PM_CONTROL] = 0x03;
  mask[PM_CONTROL + 1] = 0x01;
  if (model.msi === true) {
    mask[MSI_CAP + 2] = 0x01;
    mask.fill(0xff, MSI_CAP + 4, MSI_CAP + 10);
  }
  return mask;
}

export class ConfigSpace {
  readonly #bytes = new Uint8Array(256);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #writable: Uint8Array;
  readonly #model: NicModel;

  constructor(model: NicModel, resources: readonly number[], irq: number) {
    this.#model = model;
    this.#writable = writable(model);
    const { vendor, device, subvendor = vendor, subdevice = device, revision = 1 } = model;
    const view = this.#view;
    view.setUint16(0x00, vendor, true);
    view.setUint16(0x02, device, true);
    view.setUint16(0x06, STATUS_CAPABILITIES, true);
    view.setUint32(0x08, CLASS_ETHERNET * 256 + revision, true);
    for (const [i, bar] of model.bars.entries())
      view.setUint32(BAR0 + 4 * i, resources[i]! + (bar.space === "port" ? 1 : 0), true);
    view.setUint16(0x2c, subvendor, true);
    view.setUint16(0x2e, subdevice, true);
    view.setUint8(0x34, PM_CAP);
    view.setUint8(0x3c, irq);
    view.setUint8(0x3d, 1); // INTA
    view.setUint8(PM_CAP, CAP_ID_PM);
    view.setUint8(PM_CAP + 1, model.msi === true ? MSI_CAP : 0);
    view.setUint16(PM_CAP + 2, 0xfe02, true); // version 2, D1, D2, PME from every state
    if (model.msi === true) view.setUint8(MSI_CAP, CAP_ID_MSI);
  }

  read(where: number, size: number): number {
    if (!(where >= 0 && where + size <= 256)) return allOnes(size);
    if (size === 1) return this.#view.getUint8(where);
    return size === 2 ? this.#view.getUint16(where, true) : this.#view.getUint32(where, true);
  }

  write(where: number, size: number, value: number): void {
    if (!(where >= 0 && where + size <= 256)) return;
    for (let i = 0; i < size; i++) {
      const mask = this.#writable[where + i]!;
      const byte = Math.floor((value >>> 0) / 2 ** (8 * i)) & 0xff;
      this.#bytes[where + i] = (this.#bytes[where + i]! & ~mask) | (byte & mask);
    }
  }

  get command(): number {
    return this.read(PCI_COMMAND, 2);
  }

  /** D0 … D3. */
  get powerState(): number {
    return this.read(PM_CONTROL, 1) & 3;
  }

  /** Address that a BAR decodes, 0 if it is not set up. */
  bar(i: number): number {
    const raw = this.read(BAR0 + 4 * i, 4);
    return this.#model.bars[i]!.space === "port" ? raw - (raw % 4) : raw - (raw % 16);
  }

  /** Vector of the message, or -1 while MSI is off. */
  get msiVector(): number {
    if (this.#model.msi !== true || (this.read(MSI_CAP + 2, 2) & 1) === 0) return -1;
    return this.read(MSI_CAP + 8, 2);
  }

  /** D3 loses what software has set up: addresses, command, messages. */
  forget(): void {
    this.write(PCI_COMMAND, 2, 0);
    for (const i of this.#model.bars.keys()) this.write(BAR0 + 4 * i, 4, 0);
    this.write(MSI_CAP + 2, 2, 0);
  }
}

export function allOnes(size: number): number {
  return 2 ** (8 * size) - 1;
}
