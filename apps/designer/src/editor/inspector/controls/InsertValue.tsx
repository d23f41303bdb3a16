import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useDraft } from '../../EditorContext.js';
import { nodesOf, variablesOf } from '@callwright/scenario';

const callFacts = [
  ['call.from', 'Who calls'],
  ['call.to', 'The dialled number'],
  ['call.id', 'The call’s id'],
  ['now', 'The time'],
] as const;

/** Offers what an expression can read, and puts it into the text. */
export function InsertValue({
  label,
  onInsert,
  braces = true,
}: {
  label: string;
  onInsert: (text: string) => void;
  braces?: boolean;
}) {
  const document = useDraft((draft) => draft.document);
  const insert = (path: string) => onInsert(braces ? `{{ ${path} }}` : path);
  const variables = Object.keys(variablesOf(document));
  return (
    <Menu width={250} position="bottom-end">
      <Menu.Target>
        <Tooltip label="Insert a value of the call">
          <ActionIcon size="sm" aria-label={`Insert a value into ${label}`}>
            <IconBraces size={15} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>The call</Menu.Label>
        {callFacts.map(([path, what]) => (
          <Menu.Item key={path} onClick={() => insert(path)} rightSection={<small>{what}</small>}>
            <code>{path}</code>
          </Menu.Item>
        ))}
        {variables.length > 0 && <Menu.Label>Variables</Menu.Label>}
        {variables.map((name) => (
          <Menu.Item key={name} onClick={() => insert(`vars.${name}`)}>
            <code>vars.{name}</code>
          </Menu.Item>
        ))}
        <Menu.Label>What a node gave</Menu.Label>
        {[...nodesOf(document).keys()].map((id) => (
          <Menu.Item key={id} onClick={() => insert(`steps.${id}`)}>
            <code>steps.{id}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
