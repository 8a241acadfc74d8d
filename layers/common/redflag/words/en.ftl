### Every sentence of mails and of the unsubscribe page. The format is Project Fluent: https://projectfluent.org
### What stands between braces is filled in; keep it as it is.

## Rules, as headings

rule-visit_frequency = Many check-ins
rule-consecutive_check_ins = Check-ins in a row
rule-back_to_back = Back-to-back check-ins
rule-point_edits = Point edits
rule-outside_hours = Outside opening hours
rule-manual = Flagged by staff

## The digest

# $count: new flags. $program: the program's name.
digest-subject =
    { $count ->
        [one] { $count } new red flag at { $program }
       *[other] { $count } new red flags at { $program }
    }
digest-title =
    { $count ->
        [one] { $count } new red flag
       *[other] { $count } new red flags
    }
# The line that mail programs show beside the subject.
digest-preview =
    { $waiting ->
        [0] None waits for a decision.
        [one] { $waiting } waits for a decision.
       *[other] { $waiting } wait for a decision.
    }
period-since = { $program }, since { DATETIME($start, dateStyle: "medium", timeStyle: "short") }
period-until = { $program }, until { DATETIME($end, dateStyle: "medium", timeStyle: "short") }
numbers-title = New flags by rule
numbers-rule = Rule
numbers-now = New
numbers-before = Period before
numbers-all = All rules
flags-title = { $rule } ({ $count })
flag-when = { DATETIME($at, dateStyle: "medium", timeStyle: "short") }
flag-place = { DATETIME($at, dateStyle: "medium", timeStyle: "short") }, { $location }
# Beside a flag on which staff has decided before the mail went out.
flag-confirmed = Blocked already
flag-verified = Verified already
flag-resolved = Resolved already
flag-overturned = Unblocked already
flags-more =
    { $count ->
        [one] and { $count } more: see the report
       *[other] and { $count } more: see the report
    }
# A member who has no name.
member-unnamed = Member { $number }
# A member who was erased.
member-gone = A member who is gone
waiting-title =
    { $count ->
        [0] Nothing waits for a decision
        [one] { $count } flag waits for a decision
       *[other] { $count } flags wait for a decision
    }
waiting-oldest = The oldest:
waiting-row = { $rule }, { $age }
age-minutes =
    { $count ->
        [0] since just now
        [one] for { $count } minute
       *[other] for { $count } minutes
    }
age-hours =
    { $count ->
        [one] for { $count } hour
       *[other] for { $count } hours
    }
age-days =
    { $count ->
        [one] for { $count } day
       *[other] for { $count } days
    }
look-at-report = Open the red flag report
footer-why = You get this because { $program } has named you as a recipient of its notifications.
footer-flags = A flag says that something is unusual. It does not say that somebody has cheated.
footer-unsubscribe = Unsubscribe

## The test mail

test-subject = Test from Redflag for { $program }
test-title = It works
test-text = This is how notifications of { $program } will reach you. There is nothing to do.

## The unsubscribe page

unsubscribe-title = Unsubscribe
unsubscribe-question = Stop mailing you about red flags at { $program }?
unsubscribe-button = Stop these mails
unsubscribed-title = Unsubscribed
unsubscribed-text = You will get no more mails about red flags at { $program }. An owner of the program can turn them on again.
unknown-title = This link is no longer good
unknown-text = Nobody at this program has this link any more. Use the link of the newest mail, or ask an owner of the program to take you off its list.
