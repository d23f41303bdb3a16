import type { Rung } from '../ladder/ladder.js';
import classes from './CallAxis.module.css';

export interface SipLaneProps {
  readonly rungs: readonly Rung[];
  readonly chosen: number | null;
  readonly share: (moment: number) => string;
  readonly onRung: (rung: Rung) => void;
}

/** The SIP messages of a call on its axis: what we heard above the line, what we said below. The ladder is the same for the keyboard. */
export function SipLane({ rungs, chosen, share, onRung }: SipLaneProps) {
  return rungs.map((rung) => (
    <span
      key={rung.index}
      className={classes.message}
      data-direction={rung.direction}
      data-tone={rung.tone}
      data-chosen={rung.index === chosen || undefined}
      style={{ left: share(rung.at) }}
      title={`${rung.title} · ${rung.message.remote}`}
      onClick={(event) => {
        event.stopPropagation();
        onRung(rung);
      }}
    />
  ));
}
