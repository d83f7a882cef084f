import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TaskModel } from "../model";
import { share } from "../share";
import { type Card, cards as cardsOf, isFinal } from "../task";
import * as texts from "../texts";
import { type Turn, turnsOf, waitingMessages } from "../turns";
import { uuid } from "../uuid";
import type { Traits } from "../wire";
import { Approvals } from "./Approvals";
import { Composer } from "./Composer";
import { ConnectionView } from "./ConnectionView";
import { ClockContext, createClock, IdContext, TrustContext, type Trusts } from "./context";
import { Details } from "./Details";
import { Files } from "./Files";
import { Header } from "./Header";
import { LiveRegion } from "./LiveRegion";
import { ProblemView } from "./ProblemView";
import { Root } from "./Root";
import { Said } from "./Said";
import { StopNotice } from "./StopNotice";
import { TurnView } from "./TurnView";
import { useCommand } from "./useCommand";
import { useDecide } from "./useDecide";
import { useSights } from "./useSights";
import { useTraits } from "./useTraits";

interface Props {
  model: TaskModel;
  trusts: Trusts;
}

/** The traits without what changes while the agent only writes: the same object then. */
function useStill(traits: Traits): Traits {
  const last = useRef<Traits>(traits);
  last.current = share(last.current, { ...traits, content: "", updated_at: null });
  return last.current;
}

/** A turn that did not change is the same object as before. */
function useTurns(still: Traits): Turn[] {
  const last = useRef<Turn[]>([]);
  return useMemo(() => {
    last.current = share(last.current, turnsOf(still));
    return last.current;
  }, [still]);
}

function underWay(cards: Card[]): string[] {
  return cards.flatMap(({ call, state }) => (state.kind === "sending" ? [call.call_id] : []));
}

export function TaskView({ model, trusts }: Props): VNode {
  const traits = useTraits(model);
  const clock = useMemo(() => createClock(model.now), [model]);
  const [idPrefix] = useState(uuid);
  const [sends, decide] = useDecide(model);
  const stop = useCommand<"cancel">(model, { command: "cancel" });
  const [detailsOpen, setDetailsOpen] = useState(false);
  const still = useStill(traits);
  const cards = useSights(
    useMemo(() => cardsOf(still, sends), [still, sends]),
    model.now,
  );
  const asking = useMemo(() => cards.filter(({ state }) => state.kind !== "sending"), [cards]);
  const deciding = useMemo(() => new Set(underWay(cards)), [cards]);
  const turns = useTurns(still);
  const newest = turns.length - 1;
  const ended = isFinal(traits.status);
  useEffect(() => {
    if (ended) stop.reset();
  }, [ended]);
  return (
    <ClockContext.Provider value={clock}>
      <TrustContext.Provider value={trusts}>
        <IdContext.Provider value={idPrefix}>
          <Root>
            <article class="sigmic-frame" aria-label={texts.frame} tabIndex={-1}>
              <Header
                traits={{ ...traits, started_at: turns[newest]?.traits.started_at ?? null }}
                cards={cards}
                stopping={!ended && (stop.phase === "sending" || stop.phase === "done")}
                onStop={stop.run}
                detailsOpen={detailsOpen}
                onDetails={() => setDetailsOpen(!detailsOpen)}
              />
              <StopNotice stop={stop} />
              {detailsOpen && <Details model={model} traits={traits} />}
              {turns.map((turn, at) => (
                <TurnView
                  key={at}
                  turn={turn}
                  content={at === newest ? traits.content : turn.traits.content}
                  deciding={deciding}
                >
                  {at === newest && (
                    <>
                      <Approvals
                        model={model}
                        cards={cards}
                        decide={decide}
                        gone={still.error?.kind === "kernel"}
                      />
                      {traits.error && <ProblemView problem={traits.error} traits={traits} />}
                      {traits.connection.state === "retrying" && !ended && (
                        <ConnectionView model={model} connection={traits.connection} />
                      )}
                    </>
                  )}
                </TurnView>
              ))}
              <Files model={model} files={still.artifacts} error={still.artifacts_error} />
              {waitingMessages(still).map((message, at) => (
                <Said key={at} message={message} />
              ))}
              {traits.status && <Composer model={model} status={traits.status} asks={asking.length > 0} />}
            </article>
            <LiveRegion status={traits.status} asking={asking} />
          </Root>
        </IdContext.Provider>
      </TrustContext.Provider>
    </ClockContext.Provider>
  );
}
