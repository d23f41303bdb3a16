import { ActionIcon, Autocomplete, Menu, NumberInput, Select, Textarea, Tooltip } from '@mantine/core';
import { TONES } from '@callwright/channel-contract';
import { useQuery } from '@tanstack/react-query';
import {
  IconArrowDown,
  IconArrowUp,
  IconMessage,
  IconMusic,
  IconPlus,
  IconVolume,
  IconWaveSine,
  IconX,
} from '@tabler/icons-react';
import { queries } from '../../../api/queries.js';
import { InsertValue } from './InsertValue.js';
import classes from './PromptParts.module.css';

export type PromptPart =
  { readonly say: string } | { readonly play: string } | { readonly tone: string } | { readonly silence: number };

const kinds = [
  { kind: 'say', title: 'Say a text', icon: IconMessage, fresh: { say: '' } },
  { kind: 'play', title: 'Play a recording', icon: IconMusic, fresh: { play: '' } },
  { kind: 'tone', title: 'A tone', icon: IconWaveSine, fresh: { tone: 'beep' } },
  { kind: 'silence', title: 'Silence', icon: IconVolume, fresh: { silence: 500 } },
] as const;

export interface PromptPartsProps {
  readonly title: string;
  readonly parts: readonly PromptPart[];
  readonly onChange: (parts: readonly PromptPart[]) => void;
}

/** The parts of one prompt: text, recordings, tones and pauses, in their order. */
export function PromptParts({ title, parts, onChange }: PromptPartsProps) {
  const replace = (at: number, part: PromptPart) => onChange(parts.map((old, index) => (index === at ? part : old)));
  const swap = (at: number, by: number) => {
    const next = [...parts];
    const [part] = next.splice(at, 1);
    next.splice(at + by, 0, part!);
    onChange(next);
  };
  return (
    <div className={classes.parts}>
      {parts.map((part, index) => {
        const kind = kinds.find((candidate) => candidate.kind in part) ?? kinds[0];
        return (
          <div
            key={index}
            className={classes.part}
            role="group"
            aria-label={`${title}, part ${index + 1}: ${kind.title}`}
          >
            <Tooltip label={kind.title}>
              <span className={classes.kind}>
                <kind.icon size={16} aria-hidden />
              </span>
            </Tooltip>
            <div className={classes.value}>
              <PartValue part={part} title={title} onChange={(next) => replace(index, next)} />
            </div>
            <div className={classes.tools}>
              {parts.length > 1 && (
                <>
                  <ActionIcon
                    size="xs"
                    aria-label="Move the part up"
                    disabled={index === 0}
                    onClick={() => swap(index, -1)}
                  >
                    <IconArrowUp size={13} />
                  </ActionIcon>
                  <ActionIcon
                    size="xs"
                    aria-label="Move the part down"
                    disabled={index === parts.length - 1}
                    onClick={() => swap(index, 1)}
                  >
                    <IconArrowDown size={13} />
                  </ActionIcon>
                </>
              )}
              <ActionIcon
                size="xs"
                aria-label="Remove the part"
                onClick={() => onChange(parts.filter((_, at) => at !== index))}
              >
                <IconX size={13} />
              </ActionIcon>
            </div>
          </div>
        );
      })}
      <Menu position="bottom-start" width={190}>
        <Menu.Target>
          <button type="button" className={classes.add} aria-label={`Add a part to ${title}`}>
            <IconPlus size={14} aria-hidden /> {parts.length === 0 ? 'Add what is heard' : 'Add a part'}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map(({ kind, title: text, icon: Icon, fresh }) => (
            <Menu.Item key={kind} leftSection={<Icon size={16} />} onClick={() => onChange([...parts, fresh])}>
              {text}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function PartValue({
  part,
  title,
  onChange,
}: {
  part: PromptPart;
  title: string;
  onChange: (part: PromptPart) => void;
}) {
  const media = useQuery({ ...queries.media(), enabled: 'play' in part });
  if ('say' in part) {
    return (
      <Textarea
        aria-label={`${title}: text that is spoken`}
        autosize
        minRows={2}
        maxRows={10}
        placeholder="Welcome to …"
        value={part.say}
        onChange={(event) => onChange({ say: event.currentTarget.value })}
        rightSection={<InsertValue label={title} onInsert={(text) => onChange({ say: `${part.say}${text}` })} />}
        rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 6 } }}
      />
    );
  }
  if ('play' in part) {
    return (
      <Autocomplete
        aria-label={`${title}: media that is played`}
        placeholder="welcome.wav"
        data={(media.data ?? []).map(({ name }) => name)}
        value={part.play}
        onChange={(play) => onChange({ play })}
      />
    );
  }
  if ('tone' in part) {
    return (
      <Select
        aria-label={`${title}: tone`}
        data={[...TONES]}
        value={part.tone}
        allowDeselect={false}
        onChange={(tone) => onChange({ tone: tone ?? 'beep' })}
      />
    );
  }
  return (
    <NumberInput
      aria-label={`${title}: silence in ms`}
      suffix=" ms"
      min={0}
      step={100}
      value={part.silence}
      onChange={(silence) => onChange({ silence: typeof silence === 'number' ? silence : 0 })}
    />
  );
}
