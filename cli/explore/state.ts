/**
 * The state of an exploration that has not come to its end: `--resume` goes on from there, and finds what it would have
 * found without the interruption. Units that were not finished are done again.
 */
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Finding, UnitResult } from "../../sim/explore/unit.ts";
import type { LabConfig } from "../../sim/lab/config.ts";
import { userFiles } from "../files.ts";
import type { Order } from "../order.ts";
import { write } from "../run.ts";
import { shortPath } from "../text.ts";
import { UserError } from "../user-error.ts";
import { baseName, folder } from "./files.ts";
import type { Exploration } from "./settings.ts";

const KIND = "netdev-lab-exploration";

/** What an exploration is a function of, budgets left aside. */
interface Plan {
  readonly workload: string;
  readonly config: LabConfig;
  readonly strategy: string;
  readonly preemptions: number | null;
  readonly shard: string;
}

type FinishedUnit = Omit<UnitResult, "findings" | "coverage">;

/** What has been done. */
export interface Done {
  readonly units: readonly FinishedUnit[];
  readonly findings: readonly Finding[];
  /** Pairs of operations that were seen, for coverage. */
  readonly pairs: readonly string[];
}

export const NOTHING_DONE: Done = { units: [], findings: [], pairs: [] };

interface StateFile extends Done {
  readonly kind: typeof KIND;
  readonly plan: Plan;
  /** Hash of the sources, the simulated kernel's included. */
  readonly program: string;
}

export class StateKeeper {
  readonly #path: string | null;
  readonly #out: string;
  readonly #plan: Plan;
  readonly #model: string;
  /** The folder was not there before. */
  #madeFolder = false;

  constructor(order: Order, what: Exploration) {
    const { model, workload, config } = order.job;
    const { strategy, preemptions, shard, out } = what;
    this.#plan = { workload, config, strategy, preemptions: preemptions ?? null, shard: shard.join("/") };
    this.#model = model;
    this.#out = out ?? "";
    const part = shard[1] > 1 ? `-shard${shard[0]}` : "";
    this.#path = out === null ? null : join(out, `${baseName(model)}${part}.exploration.json`);
  }

  /** @throws UserError if there is nothing that fits */
  load(): { done: Done; program: string } {
    const text = this.#path === null ? null : userFiles.read(this.#path);
    if (text === null)
      throw new UserError(
        `there is no interrupted exploration of ${shortPath(this.#model)} in ${this.#out}: start without --resume`,
      );
    const state = parsed(this.#path!, text);
    for (const [name, value] of Object.entries(this.#plan))
      if (JSON.stringify(state.plan[name as keyof Plan]) !== JSON.stringify(value))
        throw new UserError(
          `${this.#path} is of an exploration with another ${name}: start without --resume, or with the settings of then`,
        );
    return { done: state, program: state.program };
  }

  save(program: string, { units, findings, pairs }: Done): void {
    if (this.#path === null) return;
    if (!existsSync(this.#out)) {
      folder(this.#out);
      this.#madeFolder = true;
    }
    const file: StateFile = { kind: KIND, program, plan: this.#plan, units, findings, pairs };
    write(this.#path, JSON.stringify(file));
  }

  /** The exploration has come to its end. */
  remove(): void {
    if (this.#path === null) return;
    rmSync(this.#path, { force: true });
    if (this.#madeFolder && readdirSync(this.#out).length === 0) rmdirSync(this.#out);
  }
}

function parsed(path: string, text: string): StateFile {
  let value: Partial<StateFile> | null;
  try {
    value = JSON.parse(text) as Partial<StateFile> | null;
  } catch (error) {
    throw new UserError(`${path} is damaged: ${(error as Error).message}`);
  }
  const { kind, plan, program, units, findings, pairs } = value ?? {};
  const lists = [units, findings, pairs].every(Array.isArray);
  if (kind !== KIND || !lists || typeof program !== "string" || typeof plan !== "object" || plan === null)
    throw new UserError(`${path} is no interrupted exploration`);
  return value as StateFile;
}
