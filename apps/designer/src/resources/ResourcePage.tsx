import { ActionIcon, Button, Menu, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { IconDots, IconFingerprint, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useResource } from '../api/queries.js';
import type { Role, Stored } from '../api/types.js';
import { useConfirm } from '../ui/confirm.js';
import { Empty, type EmptyProps } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useErase } from '../uses/useErase.js';
import { ResourceForm, type FormField, type Values } from './ResourceForm.js';

export interface Column<T> {
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
}

export interface ResourcePageProps<T extends Stored> {
  readonly title: string;
  readonly intro: ReactNode;
  /** What the button that begins says: “Add a phone”, and the one that ends: “Add the phone”. */
  readonly add: string;
  readonly addIt: string;
  readonly path: string;
  readonly query: UseQueryOptions<readonly T[], Error, readonly T[], string[]>;
  readonly role: Role;
  readonly columns: readonly Column<T>[];
  readonly fields: readonly FormField[];
  /** How a person calls this one. */
  readonly nameOf: (item: T) => string;
  /** The form's values as the API takes them. */
  readonly toBody?: (values: Values, isNew: boolean) => unknown;
  readonly toValues?: (item: T) => Values;
  readonly mayChange?: boolean;
  readonly mayDelete?: boolean;
  readonly deleteText?: string;
  /** More that can be done with one, in its menu. */
  readonly more?: (item: T) => ReactNode;
  readonly empty: Omit<EmptyProps, 'action'>;
  /** Shown once after something was made: a token, a secret. */
  readonly created?: (item: T, close: () => void) => ReactNode;
  readonly children?: ReactNode;
}

/** A list of stored things with the means to add, change and delete them. One for all the plain lists of the product. */
export function ResourcePage<T extends Stored>(props: ResourcePageProps<T>) {
  const { title, intro, add, addIt, path, query, role, columns, fields, nameOf, empty, created, children } = props;
  const {
    toBody = (values: Values) => values,
    toValues = (item: T) => item as unknown as Values,
    mayChange = true,
    mayDelete = true,
  } = props;
  const { t } = useTranslation();
  const may = useMay(role);
  const mayAudit = useMay('admin');
  const items = useQuery(query);
  const { create, update, remove } = useResource<T>(path);
  const [editing, setEditing] = useState<T | 'new' | null>(null);
  const [made, setMade] = useState<T | null>(null);
  const { ask, dialog } = useConfirm();
  const close = () => {
    setEditing(null);
    create.reset();
    update.reset();
  };
  const submit = async (values: Values) => {
    if (editing === 'new') {
      const item = await create.mutateAsync(toBody(values, true));
      if (created) setMade(item);
    } else if (editing) await update.mutateAsync({ id: editing.id, body: toBody(values, false) });
    close();
  };
  const { erase, dialog: neededDialog } = useErase((id, force) => remove.mutateAsync({ id, force }));
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      {add}
    </Button>
  );
  const withActions = may && (mayChange || mayDelete);
  return (
    <Page title={title} intro={intro} actions={items.data && items.data.length > 0 ? addButton : undefined}>
      {items.error && <Problem error={items.error} onRetry={() => void items.refetch()} />}
      {items.isPending && (
        <Sheet padded>
          <Skeleton height={18} my={10} />
          <Skeleton height={18} my={10} />
        </Sheet>
      )}
      {items.data?.length === 0 && (
        <Sheet>
          <Empty {...empty} action={addButton} />
        </Sheet>
      )}
      {items.data && items.data.length > 0 && (
        <Sheet label={title}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column.title}>{column.title}</Table.Th>
                ))}
                {withActions && (
                  <Table.Th w={48}>
                    <VisuallyHidden>{t('Actions')}</VisuallyHidden>
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.data.map((item) => (
                <Table.Tr key={item.id}>
                  {columns.map((column) => (
                    <Table.Td key={column.title}>{column.cell(item)}</Table.Td>
                  ))}
                  {withActions && (
                    <Table.Td>
                      <Menu width={200}>
                        <Menu.Target>
                          <ActionIcon aria-label={t('Actions for {{what}}', { what: nameOf(item) })}>
                            <IconDots size={17} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          {props.more?.(item)}
                          {mayAudit && (
                            <Menu.Item
                              component={Link}
                              to={`/audit?target=${encodeURIComponent(item.id)}`}
                              leftSection={<IconFingerprint size={16} />}
                            >
                              {t('Who changed it')}
                            </Menu.Item>
                          )}
                          {mayChange && (
                            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEditing(item)}>
                              {t('Change')}
                            </Menu.Item>
                          )}
                          {mayDelete && (
                            <Menu.Item
                              color="red"
                              leftSection={<IconTrash size={16} />}
                              onClick={() =>
                                ask({
                                  title: t('Delete {{what}}?', { what: nameOf(item) }),
                                  text: props.deleteText ?? t('This cannot be undone.'),
                                  verb: t('Delete'),
                                  onYes: () => erase({ id: item.id, name: nameOf(item) }),
                                })
                              }
                            >
                              {t('Delete')}
                            </Menu.Item>
                          )}
                        </Menu.Dropdown>
                      </Menu>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Sheet>
      )}
      {children}
      {editing !== null && (
        <ResourceForm
          title={editing === 'new' ? add : t('Change {{what}}', { what: nameOf(editing) })}
          verb={editing === 'new' ? addIt : t('Save')}
          fields={editing === 'new' ? fields : fieldsForChange(fields, t)}
          values={editing === 'new' ? {} : toValues(editing)}
          onSubmit={submit}
          onClose={close}
          error={editing === 'new' ? create.error : update.error}
          busy={create.isPending || update.isPending}
        />
      )}
      {made && created?.(made, () => setMade(null))}
      {dialog}
      {neededDialog}
    </Page>
  );
}

/** What can be changed afterwards; a password that is not written stays as it is. */
const fieldsForChange = (fields: readonly FormField[], t: TFunction): readonly FormField[] =>
  fields
    .filter(({ onlyNew }) => onlyNew !== true)
    .map((field) =>
      field.kind === 'password'
        ? { ...field, required: false, description: t('Stays as it is when left empty.') }
        : field,
    );
