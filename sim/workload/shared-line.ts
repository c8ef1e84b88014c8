/** Another device on the cards' interrupt line: it raises it, and its own handler, which stands before the model's, serves it. */
import { line_drive } from "hardware";
import { PCI_IRQ_LINE, setup_irq_first } from "../kernel/kernel/irq/shared.ts";
import { step } from "./step.ts";

const NAME = "shared device";
let installed = false;
let pending = false;

/** @internal */
export function raise_shared_interrupt(_card: number): void {
  if (!installed) installed = setup_irq_first(PCI_IRQ_LINE, NAME, serve) === 0;
  if (!installed) {
    step("the line is not shared: its handler was requested without SA_SHIRQ");
    return;
  }
  pending = true;
  line_drive(PCI_IRQ_LINE, NAME, true);
}

function serve(): boolean {
  if (!pending) return false;
  pending = false;
  line_drive(PCI_IRQ_LINE, NAME, false);
  return true;
}
