import { describe, expect, it, vi } from "vitest";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import type { AggregatorProvider } from "../../../src/main/providers/aggregator.ts";
import { refreshWays } from "../../support/refreshes-provider.ts";
import {
  callByAda, printed, roomsOfEachTest, turnableClock, type RefreshesRoomOptions,
} from "../../support/refreshes-room.ts";

const rooms = roomsOfEachTest();

const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("closed")), { once: true });
  });

/** A provider whose refresh posts and then never says what came of it, as if the app were killed meanwhile. */
function muteAfterPosting(provider: AggregatorProvider): AggregatorProvider {
  return {
    ...provider,
    refresh: (wish, signal) => {
      void provider.refresh(wish, signal);
      return endless(signal);
    },
  };
}

describe.each(refreshWays)("a refresh that outlives its request (%s)", (way) => {
  const open = (options: RefreshesRoomOptions = {}) => rooms.open({ way, ...options });

  it("is watched by reading after its time-out until the attempt date moves, and tells of its end", async () => {
    const room = await open({ connection: { refreshTimeoutMs: 60 } });
    room.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 6000 });
    const id = room.ask();
    const running = await room.until(id, "still-running");
    expect(running.events.at(-1)).toMatchObject({ title: "No answer in 0.1 s" });
    const ended = await room.until(id, "succeeded");
    expect(ended.seenAtMs).toBeGreaterThanOrEqual(ended.answeredAtMs ?? 0);
    expect(room.simulator.refreshPosts()).toBe(1);
    expect(room.notices).toEqual([{ id, title: "Refresh R-0001: Succeeded", body: "Open Vostro to see what came of it." }]);
  });

  it("is resumed by watching, not posting, after the app was killed in the middle", async () => {
    const first = await open({ wrapProvider: muteAfterPosting });
    first.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 5000 });
    const id = first.ask();
    await vi.waitFor(() => expect(first.simulator.aggregator.running().length).toBeGreaterThan(0), { timeout: 15_000 });
    const again = await open({ file: first.file, simulator: first.simulator });
    expect(again.service.detail(id)).toMatchObject({ state: "still-running" });
    await again.until(id, "succeeded");
    expect(first.simulator.refreshPosts()).toBe(1);
  });

  it("that had not left when the app ended is not sent afterwards", async () => {
    const first = await open({
      wrapProvider: (provider) => ({ ...provider, readRecords: (_id, signal) => endless(signal) }),
    });
    const id = first.ask();
    const again = await open({ file: first.file, simulator: first.simulator });
    expect(again.service.detail(id)).toMatchObject({ state: "failed", act: "sender" });
    expect(again.service.detail(id).message).toContain("Vostro ended before this was sent");
    expect(first.simulator.refreshPosts()).toBe(0);
  });

  it("is left running at the provider when the workspace closes, and taken up when it opens", async () => {
    const first = await open();
    first.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 5000 });
    const id = first.ask();
    await vi.waitFor(() => expect(first.simulator.aggregator.running().length).toBeGreaterThan(0), { timeout: 15_000 });
    await first.service.stop();
    expect(first.service.detail(id).state).toBe("still-running");
    const again = await open({ file: first.file, simulator: first.simulator });
    await again.until(id, "succeeded");
    expect(first.simulator.refreshPosts()).toBe(1);
  });

  it("is given up after its time with what is known, and can be read once more later", async () => {
    const room = await open({ connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 200 } });
    room.simulator.strike({ kind: "never-ends" });
    const id = room.ask();
    const given = await room.until(id, "given-up");
    expect(given.message).toContain("have a newer attempt date");
    expect(given).toMatchObject({ needsAttention: true });
    for (const { id: loginId } of room.simulator.aggregator.loginsOf(printed.customerId)) {
      room.simulator.aggregator.endLost(loginId);
      room.simulator.aggregator.changeLogin(loginId, { refreshS: 0 });
    }
    await new Promise<void>((resolve) => {
      room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => resolve());
    });
    expect(await room.service.look(id, callByAda())).toMatchObject({ state: "succeeded" });
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  it("is neither given up nor posted again when the clock is turned or the computer is offline", async () => {
    const clock = turnableClock();
    let online = true;
    const connection = { refreshTimeoutMs: 50, refreshGiveUpMs: 60_000 };
    const room = await open({ clock, online: () => online, connection });
    room.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 8000 });
    const id = room.ask();
    await room.until(id, "still-running");
    clock.turn(86_400_000);
    online = false;
    clock.pass(3_600_000);
    await vi.waitFor(() => expect(room.simulator.aggregator.running()).toEqual([]), { timeout: 15_000 });
    expect(room.service.detail(id).state).toBe("still-running");
    online = true;
    room.service.resume();
    clock.turn(-2 * 86_400_000);
    await room.until(id, "succeeded");
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  it.each(["is offline", "sleeps"])("is not watched while the computer %s, nor given up for that", async (what) => {
    const clock = turnableClock();
    let [online, fails, reads] = [true, false, 0];
    const room = await open({
      clock,
      online: () => online,
      connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 300_000 },
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          reads += 1;
          if (!fails) return provider.readRecords(...given);
          fails = false;
          throw new VostroFailure("offline", "No network yet.", { retryable: true });
        },
      }),
    });
    room.simulator.strike({ kind: "never-ends" });
    const id = room.ask();
    await room.until(id, "still-running");
    for (let gap = 0; gap < 3; gap += 1) {
      fails = true;
      online = what === "sleeps";
      clock.pass(3_600_000);
      const before = reads;
      online = true;
      room.service.resume();
      await vi.waitFor(() => expect(reads).toBeGreaterThan(before + 2), { timeout: 15_000 });
      expect(room.service.detail(id).state).toBe("still-running");
    }
    for (const { id: loginId } of room.simulator.aggregator.loginsOf(printed.customerId)) {
      room.simulator.aggregator.endLost(loginId);
      room.simulator.aggregator.changeLogin(loginId, { refreshS: 0 });
    }
    room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => undefined);
    await room.until(id, "succeeded");
  });

  it("is not given up by a look during which the computer slept and that failed", async () => {
    const clock = turnableClock();
    let reads = 0;
    const room = await open({
      clock,
      connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 20_000 },
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          reads += 1;
          if (reads !== 4) return provider.readRecords(...given);
          clock.pass(3_600_000);
          throw new VostroFailure("offline", "No network yet.", { retryable: true });
        },
      }),
    });
    room.simulator.strike({ kind: "never-ends" });
    const given = await room.until(room.ask(), "given-up");
    expect(reads).toBeGreaterThan(4);
    expect(given.message).not.toContain("No network yet");
  });

  it("meets one that runs already: no second one, its end is seen", async () => {
    const room = await open({ signzy: { forwardsCodes: true } });
    for (const login of room.simulator.aggregator.loginsOf(printed.customerId))
      room.simulator.aggregator.changeLogin(login.id, { refreshS: 3000 });
    room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => undefined);
    const detail = await room.until(room.ask(), "succeeded");
    expect(detail.events.map(({ title }) => title)).toContain("Still running at the provider");
    expect(room.simulator.refreshPosts()).toBe(1);
  });
});

describe("a refresh that takes longer than its person waits", () => {
  const { open } = rooms;

  it.each([
    ["is refused", "refresh", "Failed"],
    ["cannot be read first", "accounts", "Not sent"],
    ["is answered", undefined, "Succeeded"],
  ] as const)("tells of its end when it took long and %s, and not when it was quick", async (_how, on, word) => {
    const clock = turnableClock();
    let tookMs = 25_000;
    const room = await open({
      clock,
      connection: { refreshCoolDownMs: 0 },
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          clock.pass(tookMs);
          return provider.readRecords(...given);
        },
      }),
    });
    if (on !== undefined) room.simulator.strike({ kind: "refused-403", on, times: 20 });
    const ends = ["succeeded", "failed"] as const;
    const id = room.ask();
    await room.until(id, ...ends);
    await vi.waitFor(() => expect(room.notices).toHaveLength(1), { timeout: 15_000 });
    expect(room.notices[0]).toMatchObject({ id, title: `Refresh R-0001: ${word}` });
    tookMs = 0;
    await room.until(room.ask(), ...ends);
    await room.service.stop();
    expect(room.notices).toHaveLength(1);
  });
});
