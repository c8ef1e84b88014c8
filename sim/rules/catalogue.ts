/** The rule catalogue: one import a rule, family by family. Nobody else knows texts of rules. */
import { ctxBhEnableIrqoff } from "./ctx/ctx-bh-enable-irqoff.ts";
import { ctxBhImbalance } from "./ctx/ctx-bh-imbalance.ts";
import { ctxBhInHardirq } from "./ctx/ctx-bh-in-hardirq.ts";
import { ctxConsistentFree } from "./ctx/ctx-consistent-free.ts";
import { ctxFlagsReuse } from "./ctx/ctx-flags-reuse.ts";
import { ctxFreeIrq } from "./ctx/ctx-free-irq.ts";
import { ctxGetStatsSleep } from "./ctx/ctx-get-stats-sleep.ts";
import { ctxGfp } from "./ctx/ctx-gfp.ts";
import { ctxIrqImbalance } from "./ctx/ctx-irq-imbalance.ts";
import { ctxIrqNest } from "./ctx/ctx-irq-nest.ts";
import { ctxIrqOnInIsr } from "./ctx/ctx-irq-on-in-isr.ts";
import { ctxIsrLoop } from "./ctx/ctx-isr-loop.ts";
import { ctxLongBusy } from "./ctx/ctx-long-busy.ts";
import { ctxMutexIrq } from "./ctx/ctx-mutex-irq.ts";
import { ctxNapiSchedProcess } from "./ctx/ctx-napi-sched-process.ts";
import { ctxNetifRxProcess } from "./ctx/ctx-netif-rx-process.ts";
import { ctxPreemptImbalance } from "./ctx/ctx-preempt-imbalance.ts";
import { ctxQueueXmit } from "./ctx/ctx-queue-xmit.ts";
import { ctxReceiveSkb } from "./ctx/ctx-receive-skb.ts";
import { ctxRecursionXmit } from "./ctx/ctx-recursion-xmit.ts";
import { ctxSleepAtomic } from "./ctx/ctx-sleep-atomic.ts";
import { ctxSleepIrqoff } from "./ctx/ctx-sleep-irqoff.ts";
import { ctxStackOverflow } from "./ctx/ctx-stack-overflow.ts";
import { ctxTaskletKill } from "./ctx/ctx-tasklet-kill.ts";
import { ctxUserCopy } from "./ctx/ctx-user-copy.ts";
import { ctxVfreeIrq } from "./ctx/ctx-vfree-irq.ts";
import { ctxXmitIrqsOn } from "./ctx/ctx-xmit-irqs-on.ts";
import { carBeforeReg } from "./dev/car-before-reg.ts";
import { carNoQueue } from "./dev/car-no-queue.ts";
import { carOffDown } from "./dev/car-off-down.ts";
import { carPeer } from "./dev/car-peer.ts";
import { carSerial } from "./dev/car-serial.ts";
import { ioctlCloseOpen } from "./dev/ioctl-close-open.ts";
import { ioctlDown } from "./dev/ioctl-down.ts";
import { ioctlMtu } from "./dev/ioctl-mtu.ts";
import { ioctlRet } from "./dev/ioctl-ret.ts";
import { ioctlRtnl } from "./dev/ioctl-rtnl.ts";
import { mcCount } from "./dev/mc-count.ts";
import { mcFlags } from "./dev/mc-flags.ts";
import { mcRegLock } from "./dev/mc-reg-lock.ts";
import { mcRestore } from "./dev/mc-restore.ts";
import { mcSleep } from "./dev/mc-sleep.ts";
import { mcWalk } from "./dev/mc-walk.ts";
import { statDown } from "./dev/stat-down.ts";
import { statLock } from "./dev/stat-lock.ts";
import { statLockType } from "./dev/stat-lock-type.ts";
import { statNull } from "./dev/stat-null.ts";
import { statTemp } from "./dev/stat-temp.ts";
import { dmaCoherentCtx } from "./dma/dma-coherent-ctx.ts";
import { dmaCpuAccess } from "./dma/dma-cpu-access.ts";
import { dmaDescOrder } from "./dma/dma-desc-order.ts";
import { dmaDescRead } from "./dma/dma-desc-read.ts";
import { dmaDir } from "./dma/dma-dir.ts";
import { dmaDoubleUnmap } from "./dma/dma-double-unmap.ts";
import { dmaFunc } from "./dma/dma-func.ts";
import { dmaLiveFree } from "./dma/dma-live-free.ts";
import { dmaMapError } from "./dma/dma-map-error.ts";
import { dmaMask } from "./dma/dma-mask.ts";
import { dmaSize } from "./dma/dma-size.ts";
import { dmaStack } from "./dma/dma-stack.ts";
import { dmaSyncBack } from "./dma/dma-sync-back.ts";
import { dmaUnmap } from "./dma/dma-unmap.ts";
import { dmaUnmapOrder } from "./dma/dma-unmap-order.ts";
import { irqDisableShared } from "./irq/irq-disable-shared.ts";
import { irqDoubleFree } from "./irq/irq-double-free.ts";
import { irqDoubleRequest } from "./irq/irq-double-request.ts";
import { irqEnableBalance } from "./irq/irq-enable-balance.ts";
import { irqEnableBeforeRequest } from "./irq/irq-enable-before-request.ts";
import { irqFree } from "./irq/irq-free.ts";
import { irqFreeInHandler } from "./irq/irq-free-in-handler.ts";
import { irqFreeLocked } from "./irq/irq-free-locked.ts";
import { irqHandledRet } from "./irq/irq-handled-ret.ts";
import { irqHotplugAllones } from "./irq/irq-hotplug-allones.ts";
import { irqMustAck } from "./irq/irq-must-ack.ts";
import { irqNestedAssume } from "./irq/irq-nested-assume.ts";
import { irqQuiesceBeforeFree } from "./irq/irq-quiesce-before-free.ts";
import { irqReadyBeforeRequest } from "./irq/irq-ready-before-request.ts";
import { irqSharedDevid } from "./irq/irq-shared-devid.ts";
import { irqSharedNotMine } from "./irq/irq-shared-not-mine.ts";
import { lifeAlloc } from "./life/life-alloc.ts";
import { lifeDestructorModule } from "./life/life-destructor-module.ts";
import { lifeDoubleFree } from "./life/life-double-free.ts";
import { lifeDoubleRegister } from "./life/life-double-register.ts";
import { lifeFreeRegistered } from "./life/life-free-registered.ts";
import { lifeFreeUnderRtnl } from "./life/life-free-under-rtnl.ts";
import { lifeInitOrder } from "./life/life-init-order.ts";
import { lifeKfreeNetdev } from "./life/life-kfree-netdev.ts";
import { lifeMacValid } from "./life/life-mac-valid.ts";
import { lifeNetdevLeak } from "./life/life-netdev-leak.ts";
import { lifeNullAlloc } from "./life/life-null-alloc.ts";
import { lifeOpenFailUnwind } from "./life/life-open-fail-unwind.ts";
import { lifeOpsSet } from "./life/life-ops-set.ts";
import { lifePrivEarlyFree } from "./life/life-priv-early-free.ts";
import { lifePrivLeak } from "./life/life-priv-leak.ts";
import { lifeRefLeak } from "./life/life-ref-leak.ts";
import { lifeRefUnder } from "./life/life-ref-under.ts";
import { lifeRegContext } from "./life/life-reg-context.ts";
import { lifeRegRtnl } from "./life/life-reg-rtnl.ts";
import { lifeStaleDev } from "./life/life-stale-dev.ts";
import { lifeStopCannotFail } from "./life/life-stop-cannot-fail.ts";
import { lifeStopQuiesce } from "./life/life-stop-quiesce.ts";
import { lifeSysfsPathologic } from "./life/life-sysfs-pathologic.ts";
import { lifeUnregisterSameRtnl } from "./life/life-unregister-same-rtnl.ts";
import { lifeUnregisterState } from "./life/life-unregister-state.ts";
import { lifeUseAfterFree } from "./life/life-use-after-free.ts";
import { lockBhSelf } from "./lock/lock-bh-self.ts";
import { lockCheckThenAct } from "./lock/lock-check-then-act.ts";
import { lockDataRace } from "./lock/lock-data-race.ts";
import { lockFreeHeld } from "./lock/lock-free-held.ts";
import { lockIrqDep } from "./lock/lock-irq-dep.ts";
import { lockIrqSelf } from "./lock/lock-irq-self.ts";
import { lockLeak } from "./lock/lock-leak.ts";
import { lockOrder } from "./lock/lock-order.ts";
import { lockOwner } from "./lock/lock-owner.ts";
import { lockPrivateTxLltx } from "./lock/lock-private-tx-lltx.ts";
import { lockRecursion } from "./lock/lock-recursion.ts";
import { lockRwIrq } from "./lock/lock-rw-irq.ts";
import { lockRwUpgrade } from "./lock/lock-rw-upgrade.ts";
import { lockTrylock } from "./lock/lock-trylock.ts";
import { lockUninit } from "./lock/lock-uninit.ts";
import { lockUnlockUnheld } from "./lock/lock-unlock-unheld.ts";
import { lockVariant } from "./lock/lock-variant.ts";
import { lockWaitInside } from "./lock/lock-wait-inside.ts";
import { memOrderTx } from "./lock/mem-order-tx.ts";
import { rtnlAssert } from "./lock/rtnl-assert.ts";
import { rtnlAtomic } from "./lock/rtnl-atomic.ts";
import { rtnlFlush } from "./lock/rtnl-flush.ts";
import { rtnlRecursion } from "./lock/rtnl-recursion.ts";
import { rtnlSysfs } from "./lock/rtnl-sysfs.ts";
import { rtnlWait } from "./lock/rtnl-wait.ts";
import { xmitIrq } from "./lock/xmit-irq.ts";
import { xmitLltxDisable } from "./lock/xmit-lltx-disable.ts";
import { xmitOwner } from "./lock/xmit-owner.ts";
import { xmitQueueOrder } from "./lock/xmit-queue-order.ts";
import { xmitReentry } from "./lock/xmit-reentry.ts";
import { mmioAckPost } from "./mmio/mmio-ack-post.ts";
import { mmioMmiowb } from "./mmio/mmio-mmiowb.ts";
import { mmioPost } from "./mmio/mmio-post.ts";
import { mmioUnmapped } from "./mmio/mmio-unmapped.ts";
import { mmioWindow } from "./mmio/mmio-window.ts";
import { napiAccounting } from "./napi/napi-accounting.ts";
import { napiAckBeforeScan } from "./napi/napi-ack-before-scan.ts";
import { napiCompleteBudget } from "./napi/napi-complete-budget.ts";
import { napiCompleteOnce } from "./napi/napi-complete-once.ts";
import { napiCompleteThenUnmask } from "./napi/napi-complete-then-unmask.ts";
import { napiCor } from "./napi/napi-cor.ts";
import { napiIrqMask } from "./napi/napi-irq-mask.ts";
import { napiLockPoll } from "./napi/napi-lock-poll.ts";
import { napiMaskAfterSched } from "./napi/napi-mask-after-sched.ts";
import { napiMaskAlways } from "./napi/napi-mask-always.ts";
import { napiMaskShared } from "./napi/napi-mask-shared.ts";
import { napiPollAfterStop } from "./napi/napi-poll-after-stop.ts";
import { napiPollDisable } from "./napi/napi-poll-disable.ts";
import { napiPollDisableAtomic } from "./napi/napi-poll-disable-atomic.ts";
import { napiPrep } from "./napi/napi-prep.ts";
import { napiPrepOnly } from "./napi/napi-prep-only.ts";
import { napiQuota } from "./napi/napi-quota.ts";
import { napiRetDone } from "./napi/napi-ret-done.ts";
import { napiRetMore } from "./napi/napi-ret-more.ts";
import { napiRotting } from "./napi/napi-rotting.ts";
import { napiRunningCheck } from "./napi/napi-running-check.ts";
import { napiRxFunc } from "./napi/napi-rx-func.ts";
import { napiSharedIrqCheck } from "./napi/napi-shared-irq-check.ts";
import { napiUnmaskOnlyDone } from "./napi/napi-unmask-only-done.ts";
import { napiWeight } from "./napi/napi-weight.ts";
import { napiWorkCount } from "./napi/napi-work-count.ts";
import { pmDetach } from "./pm/pm-detach.ts";
import { pmHotunplug } from "./pm/pm-hotunplug.ts";
import { pmSuspendRunning } from "./pm/pm-suspend-running.ts";
import type { Rule } from "./rule.ts";
import { deadlock } from "./run/deadlock.ts";
import { hang } from "./run/hang.ts";
import { oops } from "./run/oops.ts";
import { runLimit } from "./run/run-limit.ts";
import { workloadExpect } from "./run/workload-expect.ts";
import { skbBusyKept } from "./skb/skb-busy-kept.ts";
import { skbDevProto } from "./skb/skb-dev-proto.ts";
import { skbDoubleFree } from "./skb/skb-double-free.ts";
import { skbErrnoRet } from "./skb/skb-errno-ret.ts";
import { skbFreeHardirq } from "./skb/skb-free-hardirq.ts";
import { skbFreeIrqVariant } from "./skb/skb-free-irq-variant.ts";
import { skbFreeIrqoff } from "./skb/skb-free-irqoff.ts";
import { skbFreeOnRxDrop } from "./skb/skb-free-on-rx-drop.ts";
import { skbFreeThenBusy } from "./skb/skb-free-then-busy.ts";
import { skbLeakClose } from "./skb/skb-leak-close.ts";
import { skbLeakRx } from "./skb/skb-leak-rx.ts";
import { skbLeakTx } from "./skb/skb-leak-tx.ts";
import { skbNonlinear } from "./skb/skb-nonlinear.ts";
import { skbOkNotTaken } from "./skb/skb-ok-not-taken.ts";
import { skbOrphanDelay } from "./skb/skb-orphan-delay.ts";
import { skbOver } from "./skb/skb-over.ts";
import { skbPad } from "./skb/skb-pad.ts";
import { skbPull } from "./skb/skb-pull.ts";
import { skbQueueLock } from "./skb/skb-queue-lock.ts";
import { skbRxLen } from "./skb/skb-rx-len.ts";
import { skbSharedQueue } from "./skb/skb-shared-queue.ts";
import { skbSharedWrite } from "./skb/skb-shared-write.ts";
import { skbUaf } from "./skb/skb-uaf.ts";
import { skbUnder } from "./skb/skb-under.ts";
import { skbUseAfterOk } from "./skb/skb-use-after-ok.ts";
import { skbUseAfterRx } from "./skb/skb-use-after-rx.ts";
import { taskDisableSelf } from "./timer/task-disable-self.ts";
import { taskEnableBalance } from "./timer/task-enable-balance.ts";
import { taskKill } from "./timer/task-kill.ts";
import { timerAddPending } from "./timer/timer-add-pending.ts";
import { timerInit } from "./timer/timer-init.ts";
import { timerPendingStop } from "./timer/timer-pending-stop.ts";
import { timerRearm } from "./timer/timer-rearm.ts";
import { timerReinit } from "./timer/timer-reinit.ts";
import { timerSleep } from "./timer/timer-sleep.ts";
import { timerSync } from "./timer/timer-sync.ts";
import { timerSyncIrq } from "./timer/timer-sync-irq.ts";
import { timerSyncLock } from "./timer/timer-sync-lock.ts";
import { timerSyncSelf } from "./timer/timer-sync-self.ts";
import { workCancelNosync } from "./timer/work-cancel-nosync.ts";
import { workConcurrent } from "./timer/work-concurrent.ts";
import { workFlushLock } from "./timer/work-flush-lock.ts";
import { workFlushOrder } from "./timer/work-flush-order.ts";
import { workModule } from "./timer/work-module.ts";
import { workPendingFree } from "./timer/work-pending-free.ts";
import { workRearm } from "./timer/work-rearm.ts";
import { workRunningCheck } from "./timer/work-running-check.ts";
import { txqBusy } from "./txq/txq-busy.ts";
import { txqBusyNostop } from "./txq/txq-busy-nostop.ts";
import { txqDoorbell } from "./txq/txq-doorbell.ts";
import { txqLltxSelfLock } from "./txq/txq-lltx-self-lock.ts";
import { txqLockedNoLltx } from "./txq/txq-locked-no-lltx.ts";
import { txqLostWake } from "./txq/txq-lost-wake.ts";
import { txqOffByOne } from "./txq/txq-off-by-one.ts";
import { txqOpenStart } from "./txq/txq-open-start.ts";
import { txqProgress } from "./txq/txq-progress.ts";
import { txqReclaimExcl } from "./txq/txq-reclaim-excl.ts";
import { txqRingOverflow } from "./txq/txq-ring-overflow.ts";
import { txqStall } from "./txq/txq-stall.ts";
import { txqStartEarly } from "./txq/txq-start-early.ts";
import { txqStartVsWake } from "./txq/txq-start-vs-wake.ts";
import { txqStopStop } from "./txq/txq-stop-stop.ts";
import { txqTimeoutContext } from "./txq/txq-timeout-context.ts";
import { txqTimeoutRecover } from "./txq/txq-timeout-recover.ts";
import { txqTimeoutWorkRace } from "./txq/txq-timeout-work-race.ts";
import { txqTransStart } from "./txq/txq-trans-start.ts";
import { txqWakeCond } from "./txq/txq-wake-cond.ts";
import { txqWakeDown } from "./txq/txq-wake-down.ts";
import { txqXmitStopped } from "./txq/txq-xmit-stopped.ts";

export const RULES: readonly Rule[] = [
  lifeAlloc,
  lifeDestructorModule,
  lifeDoubleFree,
  lifeDoubleRegister,
  lifeFreeRegistered,
  lifeFreeUnderRtnl,
  lifeKfreeNetdev,
  lifeMacValid,
  lifeNetdevLeak,
  lifeNullAlloc,
  lifeOpenFailUnwind,
  lifeOpsSet,
  lifePrivLeak,
  lifeRefLeak,
  lifeRefUnder,
  lifeRegContext,
  lifeRegRtnl,
  lifeStaleDev,
  lifeStopQuiesce,
  lifeSysfsPathologic,
  lifeUnregisterSameRtnl,
  lifeUnregisterState,
  lifeUseAfterFree,
  ctxBhEnableIrqoff,
  ctxBhImbalance,
  ctxBhInHardirq,
  ctxFlagsReuse,
  ctxFreeIrq,
  ctxGetStatsSleep,
  ctxGfp,
  ctxIrqImbalance,
  ctxIrqNest,
  ctxIrqOnInIsr,
  ctxIsrLoop,
  ctxLongBusy,
  ctxMutexIrq,
  ctxNapiSchedProcess,
  ctxNetifRxProcess,
  ctxPreemptImbalance,
  ctxQueueXmit,
  ctxReceiveSkb,
  ctxRecursionXmit,
  ctxSleepAtomic,
  ctxSleepIrqoff,
  ctxStackOverflow,
  ctxTaskletKill,
  ctxUserCopy,
  ctxVfreeIrq,
  ctxConsistentFree,
  lockBhSelf,
  lockCheckThenAct,
  lockDataRace,
  lockPrivateTxLltx,
  lockFreeHeld,
  lockIrqDep,
  lockIrqSelf,
  lockLeak,
  lockOrder,
  lockOwner,
  lockRecursion,
  lockRwUpgrade,
  lockTrylock,
  lockUninit,
  lockUnlockUnheld,
  lockVariant,
  memOrderTx,
  rtnlAssert,
  rtnlAtomic,
  rtnlSysfs,
  rtnlRecursion,
  rtnlWait,
  xmitIrq,
  xmitOwner,
  xmitLltxDisable,
  xmitQueueOrder,
  xmitReentry,
  skbBusyKept,
  skbDevProto,
  skbDoubleFree,
  skbErrnoRet,
  skbFreeHardirq,
  skbFreeIrqoff,
  skbFreeOnRxDrop,
  skbFreeThenBusy,
  skbLeakTx,
  skbOver,
  skbPull,
  skbQueueLock,
  skbUaf,
  skbUnder,
  skbUseAfterRx,
  skbFreeIrqVariant,
  skbLeakClose,
  skbLeakRx,
  skbNonlinear,
  skbOkNotTaken,
  skbOrphanDelay,
  skbPad,
  skbSharedQueue,
  skbSharedWrite,
  skbUseAfterOk,
  skbRxLen,
  txqBusyNostop,
  txqBusy,
  txqLockedNoLltx,
  txqOpenStart,
  txqStall,
  txqStartEarly,
  txqStartVsWake,
  txqTimeoutContext,
  txqTimeoutRecover,
  txqTransStart,
  txqLltxSelfLock,
  txqLostWake,
  txqOffByOne,
  txqProgress,
  txqReclaimExcl,
  txqRingOverflow,
  txqStopStop,
  txqTimeoutWorkRace,
  txqWakeCond,
  txqWakeDown,
  txqXmitStopped,
  txqDoorbell,
  napiAccounting,
  napiCompleteOnce,
  napiPollDisableAtomic,
  napiPollDisable,
  napiPrepOnly,
  napiPrep,
  napiQuota,
  napiRetDone,
  napiRetMore,
  napiWeight,
  napiWorkCount,
  napiCompleteBudget,
  napiPollAfterStop,
  napiRunningCheck,
  napiRxFunc,
  napiSharedIrqCheck,
  napiAckBeforeScan,
  napiCompleteThenUnmask,
  napiCor,
  napiIrqMask,
  napiMaskAfterSched,
  napiMaskAlways,
  napiMaskShared,
  napiRotting,
  napiUnmaskOnlyDone,
  dmaCoherentCtx,
  dmaCpuAccess,
  dmaDescOrder,
  dmaDescRead,
  dmaDir,
  dmaDoubleUnmap,
  dmaFunc,
  dmaLiveFree,
  dmaMapError,
  dmaMask,
  dmaSize,
  dmaStack,
  dmaSyncBack,
  dmaUnmapOrder,
  dmaUnmap,
  irqDisableShared,
  irqDoubleFree,
  irqDoubleRequest,
  irqEnableBalance,
  irqFree,
  irqSharedDevid,
  irqHandledRet,
  irqNestedAssume,
  irqMustAck,
  irqReadyBeforeRequest,
  irqEnableBeforeRequest,
  irqHotplugAllones,
  irqQuiesceBeforeFree,
  irqSharedNotMine,
  mmioAckPost,
  mmioMmiowb,
  mmioPost,
  mmioUnmapped,
  mmioWindow,
  pmDetach,
  pmHotunplug,
  pmSuspendRunning,
  timerAddPending,
  timerInit,
  timerRearm,
  timerPendingStop,
  timerReinit,
  timerSleep,
  timerSyncIrq,
  timerSyncSelf,
  workCancelNosync,
  workRearm,
  workRunningCheck,
  workFlushOrder,
  workModule,
  workConcurrent,
  workPendingFree,
  mcSleep,
  statNull,
  statTemp,
  carBeforeReg,
  carNoQueue,
  carOffDown,
  carPeer,
  ioctlCloseOpen,
  carSerial,
  ioctlMtu,
  mcCount,
  statDown,
  statLock,
  ioctlDown,
  mcRegLock,
  mcRestore,
  deadlock,
  hang,
  oops,
  runLimit,
  workloadExpect,
  lifeInitOrder,
  lifePrivEarlyFree,
  lifeStopCannotFail,
  ctxXmitIrqsOn,
  lockWaitInside,
  lockRwIrq,
  rtnlFlush,
  napiLockPoll,
  irqFreeInHandler,
  irqFreeLocked,
  timerSync,
  timerSyncLock,
  workFlushLock,
  taskEnableBalance,
  taskKill,
  taskDisableSelf,
  statLockType,
  ioctlRet,
  ioctlRtnl,
  mcWalk,
  mcFlags,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id, if the catalogue has it. */
export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}
