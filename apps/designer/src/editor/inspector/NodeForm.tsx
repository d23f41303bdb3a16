import { ActionIcon, Stack, Tooltip } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { nodeType } from '@callwright/nodes';
import { configurationPath, type Finding, type ScenarioNode } from '@callwright/scenario';
import type { Json } from '@callwright/kernel';
import { useTranslation } from 'react-i18next';
import { useLibraryText } from '../../i18n/libraryText.js';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { useEditor, useFindings } from '../EditorContext.js';
import { FindingList } from '../findings/FindingList.js';
import { fieldsOf, type Control, type Field } from '../model/fields.js';
import { VoiceContext } from './controls/VoiceContext.js';
import { FieldControl } from './FieldControl.js';
import { errorsOfField } from './fieldErrors.js';
import { NodeId } from './NodeId.js';
import { NodeMenu } from './NodeMenu.js';
import { Outcomes } from './Outcomes.js';
import classes from './Inspector.module.css';

/** Settings that are seldom touched stay folded away. */
const QUIET_CONTROLS: ReadonlySet<Control> = new Set<Control>([
  'text',
  'number',
  'duration',
  'switch',
  'choice',
  'headers',
  'tags',
  'prompts',
  'voice',
  'language',
]);

export function NodeForm({ node, onManual }: { node: ScenarioNode; onManual: () => void }) {
  const { t } = useTranslation();
  const said = useLibraryText();
  const editor = useEditor();
  const definition = nodeType(node.type);
  const findings = useFindings().filter((finding) => finding.node === node.id);
  const fields = fieldsOf(node.type);
  const main = fields.filter((field) => field.required || !QUIET_CONTROLS.has(field.control));
  const more = fields.filter((field) => !main.includes(field));
  // What leads nowhere is seen below, at the outcomes.
  const elsewhere = findings.filter(
    (finding) => configurationPath(finding) === null && finding.code !== 'scenario.outcome-unwired',
  );
  const moreTouched = more.filter((field) => node.input[field.name] !== undefined).length;
  const moreWrong = more.some((field) => Object.keys(errorsOfField(findings, field.name)).length > 0);
  const draw = (field: Field) => <NodeField key={field.name} node={node} field={field} findings={findings} />;
  const title = definition ? said(definition.title) : t('Unknown type {{type}}', { type: node.type });
  return (
    <VoiceContext value={voiceOf(node)}>
      <div data-testid="inspector">
        <div className={classes.section}>
          <div className={classes.head}>
            <NodeIcon type={node.type} />
            <div className={classes.headNames}>
              <input
                className={classes.label}
                aria-label={t('Label')}
                data-inspector-first
                value={node.label ?? ''}
                placeholder={title}
                disabled={!editor.mayEdit}
                onChange={(event) => editor.label(node.id, event.currentTarget.value)}
              />
              <div className={classes.hint}>{title}</div>
            </div>
            {definition && (
              <Tooltip label={t('Manual page')}>
                <ActionIcon aria-label={t('Manual page')} onClick={onManual}>
                  <IconBook2 size={17} />
                </ActionIcon>
              </Tooltip>
            )}
            {editor.mayEdit && <NodeMenu id={node.id} />}
          </div>
          {definition && <p className={classes.summary}>{said(definition.summary)}</p>}
        </div>
        {elsewhere.length > 0 && (
          <div className={classes.section}>
            <FindingList findings={elsewhere} />
          </div>
        )}
        {fields.length > 0 && (
          <fieldset
            className={`${classes.section} ${classes.fields}`}
            disabled={!editor.mayEdit}
            aria-label={t('Settings')}
          >
            <Stack gap="md">
              {main.map(draw)}
              {more.length > 0 && (
                <details className={classes.more} open={main.length === 0 || moreWrong || undefined}>
                  <summary>
                    {t('More settings')}
                    {moreTouched > 0 && (
                      <span className={classes.hint}> · {t('{{count}} set', { count: moreTouched })}</span>
                    )}
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
    </VoiceContext>
  );
}

const textOr = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : undefined);

/** A voice that only a call knows is not tried: the one of the language speaks then. */
const voiceOf = ({ input: { voice, language } }: ScenarioNode) => ({
  voice: fixed(textOr(voice)),
  language: fixed(textOr(language)),
});
const fixed = (text: string | undefined) => (text?.includes('{{') ? undefined : text);

function NodeField({ node, field, findings }: { node: ScenarioNode; field: Field; findings: readonly Finding[] }) {
  const editor = useEditor();
  const change = (value: Json | undefined) => {
    const { [field.name]: _before, ...rest } = node.input;
    editor.configure(node.id, value === undefined ? rest : { ...node.input, [field.name]: value }, field.name);
  };
  return (
    <FieldControl
      field={field}
      value={node.input[field.name]}
      errors={errorsOfField(findings, field.name)}
      onChange={change}
    />
  );
}
