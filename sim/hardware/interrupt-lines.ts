/** Interrupt lines between the slots and the controller: wired-or levels, and messages. */

/** The kernel's side of the interrupt controller. */
export interface Controller {
  raise(irq: number): void;
  lower(irq: number): void;
}

export class InterruptLines {
  /** Set by the kernel when it boots. */
  controller: Controller | null = null;
  readonly #sources = new Map<number, Set<string>>();

  /** A source pulls a shared level line, or lets it go. */
  drive(irq: number, source: string, on: boolean): void {
    const sources = this.#sources.get(irq) ?? new Set();
    this.#sources.set(irq, sources);
    const before = sources.size;
    if (on) sources.add(source);
    else sources.delete(source);
    if (before === 0 && sources.size > 0) this.controller?.raise(irq);
    if (before > 0 && sources.size === 0) this.controller?.lower(irq);
  }

  /** Sends a message: an edge. */
  message(vector: number): void {
    this.controller?.raise(vector);
  }

  /** Who pulls the line. */
  sources(irq: number): readonly string[] {
    return [...(this.#sources.get(irq) ?? [])];
  }
}
