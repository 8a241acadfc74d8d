### Every word that people read of rules and settings, in mails and on pages. The format is Project Fluent:
### https://projectfluent.org. What stands between braces is filled in; keep it as it is.

## Rules
# `rule-<rule>`: its name as a heading, and what belongs to it:
#   .about                what it looks for, below the heading
#   .<sentence>           a sentence of its settings, with an input in place of each setting: { $limit }
#   .<sentence>-hint      what to know besides, where there is something
#   .setting-<setting>    what a setting is called in a difference, after the rule's name
#   .<setting>-<value>    each value of a setting that is a choice
#   .together             what is wrong when only some of the settings that go together are given
#   .chart                what its chart counts; $days is a span: "7 days"
#   .chart-amounts        what its chart shows when an amount was too much
# Besides the rule's settings, sentences and hints have $cooldown_minutes and $twice_cooldown_minutes.

rule-visit_frequency = Many check-ins
    .about = More often than people come.
    .limit = Flag a member on check-in number { $limit } within { $window_days } days, at any of your locations.
    .setting-limit = limit
    .setting-window_days = within
    .chart = Check-ins in { $days }
rule-consecutive_check_ins = Check-ins in a row
    .about = Again as soon as the cooldown allows, and again.
    .limit =
        Flag a member on check-in number { $limit } in a row, each { $cooldown_minutes ->
            [0] one to two cooldowns
           *[other] { $cooldown_minutes } to { $twice_cooldown_minutes } minutes
        } after the one before.
    .limit-hint =
        { $cooldown_minutes ->
            [0] With a cooldown of 0 minutes, this rule never flags anybody.
           *[other] { "" }
        }
    .setting-limit = limit
    .chart = Check-ins in a row
rule-back_to_back = Back-to-back check-ins
    .about = The same two members, directly after one another. Both are flagged.
    .limit = Flag both when one follows the other { $limit } times within { $window_days } days, at most { $max_gap_minutes } minutes apart, { $match_on }
    .limit-hint = The spot is about 40 by 20 metres, where the app sends positions.
    .setting-limit = limit
    .setting-max_gap_minutes = longest gap
    .setting-window_days = within
    .setting-match_on = where
    .match_on-location = at the same location
    .match_on-position = in the same spot, by their phones
    .chart = Times in { $days }
rule-point_edits = Point edits
    .about = Points changed by hand.
    .amount = Flag a member when one edit changes more than { $amount_limit } points, up or down.
    .count = Flag a member too on edit number { $count_limit } within { $window_days } days.
    .count-hint = Leave the number of edits empty to look at the size of each edit only.
    .setting-amount_limit = largest edit
    .setting-count_limit = number of edits
    .setting-window_days = within
    .chart = Point edits in { $days }
    .chart-amounts = Points changed
rule-outside_hours = Outside opening hours
    .about = Checking in while the location is closed. The check-in is refused too.
    .hours = A location without hours is open every day from { $override_open } to { $override_close }
    .hours-hint = From 00:00 to 24:00 is all day; a closing time before the opening time is on the next day. Leave both empty, and those locations are never closed. { page-locations } with hours of their own keep them.
    .setting-override_open = opening where a location has no hours
    .setting-override_close = closing where a location has no hours
    .together = Give both the opening and the closing time, or neither.
rule-manual = Flagged by staff

## Settings
# `setting-<path>`: what a setting besides those of rules is called, with a dash for each dot of its path.

setting-of-rule = { $rule }, { $setting }
setting-check_in-cooldown_minutes = Cooldown between check-ins
setting-automatically_suspend = Automatically suspend
setting-show_flags_on_members_page = Show flags on the members page
setting-notifications-frequency = How often mails are sent
setting-notifications-recipients = Recipients
setting-notifications-time_zone = Time zone of mails
setting-notifications-hour = Hour of mails
setting-contact_us-phone = Contact us, phone
setting-contact_us-email = Contact us, e-mail
setting-contact_us-url = Contact us, link
setting-gate-fail_open = Let members log in when the login gate cannot read its data
setting-retention-history_days = Attempts are kept for

# How far a rule goes: in a difference, to choose, and what it does then.
mode-off = off
    .title = Off
    .about = The rule is not evaluated.
mode-shadow = shadow
    .title = Shadow
    .about = Findings are recorded, to see what the rule would do. No member is flagged and no one is notified.
mode-on = on
    .title = On
    .about = Members are flagged for you to review.

# How often mails are sent: in a difference, to choose, and what it means.
frequency-every_flag = for every flag
    .title = For every flag
    .about = As soon as it is raised.
frequency-daily = daily
    .title = Daily
    .about = Every day at the hour below.
frequency-weekly = weekly
    .title = Weekly
    .about = On Mondays.
frequency-monthly = monthly
    .title = Monthly
    .about = On the first of the month.
frequency-off = never
    .title = Never
    .about = No e-mail is sent; flags stay in the queue.

# Pages that sentences lead to.
page-locations = Locations
    .href = /settings/locations

## What is counted: `unit-<unit>`

unit-attempt =
    { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
unit-check-in =
    { $count ->
        [one] { $count } check-in
       *[other] { $count } check-ins
    }
unit-day =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
unit-edit =
    { $count ->
        [one] { $count } edit
       *[other] { $count } edits
    }
unit-flag =
    { $count ->
        [one] { $count } flag
       *[other] { $count } flags
    }
unit-member =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
unit-minute =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
unit-point =
    { $count ->
        [one] { $count } point
       *[other] { $count } points
    }
unit-time =
    { $count ->
        [one] { $count } time
       *[other] { $count } times
    }

## Members and flags. What was seen, never what somebody is.

flag-status-open = Open
flag-status-confirmed = Confirmed
flag-status-verified = Verified
flag-status-resolved = Resolved
flag-status-overturned = Overturned

access-active = Active
access-suspended = Suspended by a rule
access-blocked = Blocked by staff

membership-active = Active
membership-cancelled = Cancelled

outcome-accepted = Accepted
outcome-account_blocked = Refused: no access
outcome-outside_business_hours = Refused: closed
outcome-too_soon = Refused: too soon

## Roles: what each is called, and what it may do. A role at the console may what those before it may.

staff-role-viewer = Viewer
    .about = Sees members, flags, reports and settings. Changes nothing.
staff-role-staff = Staff
    .about = Also enrols members, edits points, and flags members by hand.
staff-role-manager = Manager
    .about = Also decides: verifies, resolves, blocks, unblocks, cancels memberships. Exports reports.
staff-role-owner = Owner
    .about = Also changes settings, locations, staff and app clients, reads the audit log, and erases members.

client-kind-kiosk = Kiosk
    .about = A device in a shop: checks members in, asks whether they may log in, and enrols them.
client-kind-backend = Backend
    .about = Your own server: does what a kiosk does, and edits points.
client-kind-importer = Import
    .about = Imports past check-ins: does what a kiosk does, for any time in the past.
client-kind-app = Members’ app
    .about = The app in which members sign in themselves. It has no secret and can do nothing on its own.

## What happened to a member, as the timeline has it.

event-enrol = Enrolled
event-flag = Flagged by staff
event-red_flag = Red flag
event-suspend = Suspended
event-verify = Verified
event-resolve = Resolved
event-block = Blocked
event-unblock = Unblocked
event-cancel_membership = Membership cancelled
event-edit_points = Points edited
event-link = App account linked
event-platform_block = Blocked by platform support
event-platform_unblock = Platform block lifted
event-reveal_phone = Phone number shown
event-export = Data exported

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
