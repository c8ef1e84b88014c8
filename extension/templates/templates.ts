/** What a new driver model may start from: each is a driver of its own under examples/, correct in every run. */
import { t } from "../l10n.ts";

export interface Template {
  readonly id: "minimal" | "interrupt" | "napi" | "labnic";
  readonly label: string;
  readonly detail: string;
  /** Folder of its files, under the extension's. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The name that stands in it for the new driver's. */
  readonly placeholder: string;
  readonly nic: "none" | "labnic";
}

/** The first is the default. */
export function templates(): readonly Template[] {
  const software = (id: Template["id"], label: string, detail: string): Template => ({
    ...{ id, label, detail, folder: `examples/templates/${id}`, files: ["mynet.ts"] },
    ...{ placeholder: "mynet", nic: "none" },
  });
  return [
    software("minimal", t("Minimal"), t("A device that receives what it sends, in 80 lines.")),
    software("interrupt", t("Interrupt-driven"), t("Transmit, interrupt, timeout: one packet at a time.")),
    software(
      "napi",
      t("NAPI"),
      t("The interrupt schedules poll, which takes packets until its quota is used up."),
    ),
    {
      id: "labnic",
      label: t("LabNIC, complete"),
      detail: t("A driver for the simulated PCI card: DMA rings, NAPI, ethtool, suspend."),
      folder: "examples/labnic",
      files: ["labnic.ts", "card.ts", "ethtool.ts", "netdev.ts", "pci.ts", "regs.ts", "rings.ts"],
      placeholder: "labnic",
      nic: "labnic",
    },
  ];
}

/** A file of a template with the new driver's name in place of its own; the card's name stays. */
export function renamed(text: string, { placeholder }: Template, name: string): string {
  return text.replaceAll(new RegExp(`(?<!nic=)\\b${placeholder}(?![a-z0-9])`, "g"), name);
}
