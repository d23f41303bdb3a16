import { ActionIcon, Menu, Select, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconCopy, IconDots, IconFlag, IconPhoneX, IconTrash, IconUrgent } from '@tabler/icons-react';
import type { Json } from '@callwright/kernel';
import { useState } from 'react';
import { useDraft, useEditor, useFindings, useSubflows } from '../EditorContext.js';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { FindingList } from '../findings/FindingList.js';
import { nodeType } from '@callwright/nodes';
import { FAILED, configurationPath, NODE_ID, nodesOf, type Finding, type ScenarioNode } from '@callwright/scenario';
import { fieldsOf, type Field } from '../model/fields.js';
import { outcomesOf } from '../model/flow.js';
import { FieldControl } from './FieldControl.js';
import classes from './Inspector.module.css';

/** Settings that are seldom touched stay folded away. */
const QUIET_CONTROLS: ReadonlySet<string> = new Set([
  'text',
  'number',
  'duration',
  'switch',
  'choice',
  'headers',
  'tags',
  'prompts',
]);

export function NodeForm({ node }: { node: ScenarioNode }) {
  const editor = useEditor();
  const definition = nodeType(node.type);
  const findings = useFindings().filter((finding) => finding.node === node.id);
  const fields = fieldsOf(node.type);
  const main = fields.filter((field) => field.required || !QUIET_CONTROLS.has(field.control));
  const more = fields.filter((field) => !main.includes(field));
  const elsewhere = findings.filter((finding) => configurationPath(finding) === null);
  const moreTouched = more.filter((field) => node.input[field.name] !== undefined).length;
  const draw = (field: Field) => <NodeField key={field.name} node={node} field={field} findings={findings} />;
  return (
    <div data-testid="inspector">
      <div className={classes.section}>
        <div className={classes.head}>
          <NodeIcon type={node.type} />
          <div className={classes.headNames}>
            <input
              className={classes.label}
              aria-label="Label"
              data-inspector-first
              value={node.label ?? ''}
              placeholder={definition?.title ?? node.type}
              disabled={!editor.mayEdit}
              onChange={(event) => editor.label(node.id, event.currentTarget.value)}
            />
            <div className={classes.hint}>{definition?.title ?? `Unknown type ${node.type}`}</div>
          </div>
          {editor.mayEdit && <NodeMenu id={node.id} />}
        </div>
        {definition && <p className={classes.summary}>{definition.summary}</p>}
      </div>
      {elsewhere.length > 0 && (
        <div className={classes.section}>
          <FindingList findings={elsewhere} onChoose={() => undefined} />
        </div>
      )}
      {fields.length > 0 && (
        <fieldset
          className={classes.section}
          disabled={!editor.mayEdit}
          style={{ border: 0, margin: 0 }}
          aria-label="Settings"
        >
          <Stack gap="md">
            {main.map(draw)}
            {more.length > 0 && (
              <details className={classes.more} open={main.length === 0 || undefined}>
                <summary>
                  More settings
                  {moreTouched > 0 && <span className={classes.hint}> · {moreTouched} set</span>}
                </summary>
                <Stack gap="md">{more.map(draw)}</Stack>
              </details>
            )}
          </Stack>
        </fieldset>
      )}
      <Outcomes node={node} />
      <NodeId node={node} />
    </div>
  );
}

function NodeField({ node, field, findings }: { node: ScenarioNode; field: Field; findings: readonly Finding[] }) {
  const editor = useEditor();
  const own = findings.filter((finding) => {
    const path = configurationPath(finding);
    return path === field.name || path?.startsWith(`${field.name}.`);
  });
  const change = (value: Json | undefined) => {
    const { [field.name]: _before, ...rest } = node.input;
    // Setting by setting in the order of the schema, whichever was touched first.
    const next = value === undefined ? rest : { ...node.input, [field.name]: value };
    editor.configure(node.id, next, field.name);
  };
  return (
    <FieldControl
      field={field}
      value={node.input[field.name]}
      error={own.map((finding) => withoutPath(finding, field)).join(' ') || null}
      onChange={change}
    />
  );
}

/** Beside its own field, a finding need not say where it is. */
const withoutPath = (finding: Finding, { name }: Field): string =>
  finding.message.startsWith(`${name}: `) ? finding.message.slice(name.length + 2) : finding.message;

function NodeMenu({ id }: { id: string }) {
  const editor = useEditor();
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon aria-label="What to do with this node">
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFlag size={16} />} onClick={() => editor.setInitial(id)}>
          Start the scenario here
        </Menu.Item>
        <Menu.Item leftSection={<IconPhoneX size={16} />} onClick={() => editor.setHangUpPath(id)}>
          Run after hang-up
        </Menu.Item>
        <Menu.Item leftSection={<IconUrgent size={16} />} onClick={() => editor.setErrorPath(id)}>
          Run on errors
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => editor.duplicate()}>
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => editor.remove([id])}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where each outcome leads: the same as the wires on the canvas, for hands on the keyboard. */
function Outcomes({ node }: { node: ScenarioNode }) {
  const editor = useEditor();
  const nodes = useDraft((draft) => nodesOf(draft.document));
  const { outcomes, failedTarget } = outcomesOf(node, useSubflows());
  const targets = [...nodes.values()].map(({ id, label }) => ({ value: id, label: label ?? id }));
  const rows = [...outcomes, { name: FAILED, target: failedTarget, givenAs: null, unknown: false }];
  return (
    <section className={classes.section} aria-label="Outcomes">
      <h3 className={classes.subtitle}>Outcomes</h3>
      <Stack gap={8}>
        {rows.map(({ name, target, givenAs }) => (
          <div key={name} className={classes.outcome}>
            <span
              className={classes.outcomeName}
              data-open={(target === null && givenAs === null && name !== FAILED) || undefined}
            >
              {name}
            </span>
            <Select
              size="xs"
              aria-label={`Outcome ${name} leads to`}
              placeholder={name === FAILED ? 'the error path' : givenAs !== null ? `as ${givenAs}` : 'ends the call'}
              data={targets}
              value={target}
              searchable
              clearable
              disabled={!editor.mayEdit}
              onChange={(to) => (to === null ? editor.unwire(node.id, name) : editor.wire(node.id, name, to))}
            />
          </div>
        ))}
      </Stack>
    </section>
  );
}

function NodeId({ node }: { node: ScenarioNode }) {
  const editor = useEditor();
  const taken = useDraft((draft) => draft.document.states);
  const [id, setId] = useState(node.id);
  const wrong = NODE_ID.test(id)
    ? id !== node.id && id in taken
      ? 'Another node has this id.'
      : null
    : 'Small letters, digits and _, beginning with a letter.';
  const rename = () => {
    if (id !== node.id && wrong === null) editor.rename(node.id, id);
  };
  return (
    <div className={classes.section}>
      <Tooltip label={`Its output is read as steps.${node.id}`}>
        <TextInput
          label="Node id"
          size="xs"
          description={`Expressions read its output as steps.${node.id}`}
          value={id}
          error={wrong}
          disabled={!editor.mayEdit}
          classNames={{ input: 'mono' }}
          onChange={(event) => setId(event.currentTarget.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
        />
      </Tooltip>
    </div>
  );
}
