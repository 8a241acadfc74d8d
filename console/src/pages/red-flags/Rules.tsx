import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Fragment, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { RULE_FORMS } from '@/generated/rules';
import { AppLink } from '@/shared/AppLink';
import { inWords, RULES } from '@/shared/words';
import { useEdited } from '@/pages/settings/editor';
import type { PathOf } from '@/pages/settings/fields';
import { formOf } from '@/pages/settings/form';
import { Mode, Sentence, Within } from '@/pages/settings/inputs';
import type { Part, RuleForm } from '@/pages/settings/rule-form';
import { pathsIn, valuesOf } from '@/pages/settings/rules';

/** Every rule, with how far it goes and its limits. */
export function Rules() {
  return (
    <SpaceBetween size="l">
      {RULE_FORMS.map((rule) => (
        <Rule key={rule.name} {...rule} />
      ))}
    </SpaceBetween>
  );
}

/** A rule; an address that ends in `#` and its name leads to it. */
function Rule({ name, about, sentences }: RuleForm) {
  const { base, form } = useEdited();
  const { hash } = useLocation();
  const rule = useRef<HTMLDivElement>(null);
  // A flag leads to its rule; the rules are not there yet when the address is opened.
  useEffect(() => {
    if (hash === `#${name}`) rule.current?.scrollIntoView();
  }, [hash, name]);
  const values = valuesOf(name, form, formOf(base.document));
  return (
    <div ref={rule} className="rule">
      <Container
        header={
          <Header variant="h2" description={about}>
            {inWords(RULES, name)}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Mode path={`rules.${name}.mode` as PathOf<'choice'>} />
          {sentences.map(({ parts, hint }, index) => {
            const all = parts(values);
            return (
              <Sentence key={index} of={pathsIn(all)} hint={hint && <Parts parts={hint(values)} />}>
                <Parts parts={all} />
              </Sentence>
            );
          })}
        </SpaceBetween>
      </Container>
    </div>
  );
}

function Parts({ parts }: { parts: Part[] }) {
  return parts.map((part, index) => {
    if (typeof part === 'string') return <Fragment key={index}>{part}</Fragment>;
    if ('path' in part) return <Within key={part.path} path={part.path} />;
    return (
      <AppLink key={index} href={part.href}>
        {part.text}
      </AppLink>
    );
  });
}
