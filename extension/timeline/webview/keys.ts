/** What each key does. */

export type Action =
  | { readonly kind: "event"; readonly backwards: boolean; readonly sameLane: boolean }
  | { readonly kind: "violation"; readonly backwards: boolean }
  | { readonly kind: "edge"; readonly end: boolean }
  | { readonly kind: "lane"; readonly by: number }
  | { readonly kind: "pan"; readonly by: number }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "fit" }
  | { readonly kind: "travel" };

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAN = 0.2;
export const ZOOM = 1.4;

/** Null for a key that is not ours. */
export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): Action | null {
  if (altKey) return null;
  const command = ctrlKey || metaKey;
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const backwards = key === "ArrowLeft";
      if (shiftKey) return { kind: "pan", by: backwards ? -PAN : PAN };
      return { kind: "event", backwards, sameLane: command };
    }
  }
  if (command) return null;
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
      return { kind: "lane", by: key === "ArrowUp" ? -1 : 1 };
    case "Home":
    case "End":
      return { kind: "edge", end: key === "End" };
    case "v":
    case "V":
      return { kind: "violation", backwards: shiftKey };
    case "+":
    case "=":
      return { kind: "zoom", factor: 1 / ZOOM };
    case "-":
    case "_":
      return { kind: "zoom", factor: ZOOM };
    case "0":
      return { kind: "fit" };
    case "Enter":
    case " ":
      return { kind: "travel" };
    default:
      return null;
  }
}
