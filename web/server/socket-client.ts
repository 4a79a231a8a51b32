import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { hasPermission } from "@cloudoptima/tools/kernel/permissions.ts";
import { eventPermissions, type UpdateEvent } from "@cloudoptima/tools/kernel/update-event.ts";
import type { WebSocket } from "ws";
import { closeCodes } from "../lib/close-codes.ts";

export interface SocketLimits {
  /** How often a client is pinged and its session looked at. */
  heartbeatMs: number;
  /** How old the last look at the session may be when something is told. */
  trustMs: number;
  /** What may wait in memory for one client. */
  bufferedBytes: number;
  socketsPerPerson: number;
  sockets: number;
}

/** Events that wait while it is looked who listens. */
const mostWaiting = 500;

export interface SocketClientParts {
  /** Who the socket speaks for now; null when the session or the person is gone. */
  identify(): Promise<Actor | null>;
  subscribe(organizationId: string, listener: (event: UpdateEvent) => void): () => void;
  limits: SocketLimits;
}

/** Whether a role may be told anything that is not for everyone. */
export function maySubscribe(actor: Actor): boolean {
  return Object.values(eventPermissions).some(
    (permission) => permission !== null && hasPermission(actor.role, permission),
  );
}

/** Tells one client what its person may know, until it leaves, is too slow, or its session ends. */
export function serveClient(socket: WebSocket, first: Actor, parts: SocketClientParts): void {
  const { limits } = parts;
  let actor = first;
  let lookedAtMs = performance.now();
  let looking = false;
  let isAlive = true;
  let waiting: UpdateEvent[] = [];

  const unsubscribe = parts.subscribe(first.organizationId, tell);
  const heartbeat = setInterval(beat, limits.heartbeatMs);
  socket.on("pong", () => {
    isAlive = true;
  });
  // Nothing is expected from a client: it asks by the API.
  socket.on("message", () => socket.close(1008, "This socket only tells."));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearInterval(heartbeat);
    unsubscribe();
    waiting = [];
  });

  function tell(event: UpdateEvent): void {
    if (socket.readyState !== socket.OPEN) return;
    if (!looking && performance.now() - lookedAtMs <= limits.trustMs) {
      send(event);
      return;
    }
    waiting.push(event);
    if (waiting.length > mostWaiting) socket.terminate();
    else look();
  }

  /** Looks who it is now; what happened meanwhile is told after, in order. */
  function look(): void {
    if (looking) return;
    looking = true;
    parts.identify().then(
      (now) => {
        looking = false;
        believe(now);
      },
      (error: unknown) => {
        // A token that ran out is refused, not passed over.
        if (AppError.from(error).code === "unauthenticated") believe(null);
        else socket.close(closeCodes.tryLater, "Try again later.");
      },
    );
  }

  function believe(now: Actor | null): void {
    if (!now || now.userId !== actor.userId || now.organizationId !== actor.organizationId) {
      socket.close(closeCodes.sessionEnded, "The session ended.");
    } else if (!maySubscribe(now)) {
      socket.close(closeCodes.notAllowed, "Your role may not be told updates any more.");
    } else {
      actor = now;
      lookedAtMs = performance.now();
      for (const event of waiting.splice(0)) send(event);
    }
  }

  function send({ type, data }: UpdateEvent): void {
    if (socket.readyState !== socket.OPEN) return;
    const permission = eventPermissions[type];
    if (permission !== null && !hasPermission(actor.role, permission)) return;
    socket.send(JSON.stringify({ type, data }));
    // It connects anew and asks for everything; memory for whoever never reads would be everybody's.
    if (socket.bufferedAmount > limits.bufferedBytes) socket.terminate();
  }

  function beat(): void {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
    look();
  }
}
