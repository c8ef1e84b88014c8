import { describe, expect, it } from "vitest";
import { lockText } from "./lock-text.ts";

describe("the name of a lock", () => {
  it.each([
    ["  spin_lock_init(priv.lock);", "&priv->lock"],
    ["spin_lock_init(netdev_priv<my_priv>(dev!).tx.lock);", "&netdev_priv(dev)->tx->lock"],
    ["  sema_init(forks[i]!, 1);", "&forks[i]"],
    ["  mutex_init((p as my_priv).cfg);", "&(p)->cfg"],
    ["const table_lock = DEFINE_SPINLOCK();", "table_lock"],
    ["  lock: spinlock_t = SPIN_LOCK_UNLOCKED();", "lock"],
    ["  dev.lock = DEFINE_SPINLOCK();", "dev->lock"],
    ["f();", null],
  ])("of `%s` is %s", (text, name) => {
    expect(lockText(`// first\n${text}\n`, 2, 1)).toBe(name);
  });

  it("is found where the call goes over several lines, and behind what stands before it", () => {
    expect(lockText("spin_lock_init(\n  priv.rx_lock,\n);", 1, 1)).toBe("&priv->rx_lock");
    expect(lockText("spin_lock_init(a.lock); spin_lock_init(b.lock);", 1, 25)).toBe("&b->lock");
  });

  it("is none at a place that does not exist", () => {
    expect(lockText("", 9, 1)).toBeNull();
  });
});
