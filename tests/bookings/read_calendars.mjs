// Reads a JSON list of iCalendar texts from standard input and prints what Thunderbird's parser makes of each.
import { readFileSync } from "node:fs";
import ICAL from "./vendor/ical.min.mjs";

const moment = (time) => new Date(time.toUnixTime() * 1000).toISOString();

function event(component) {
  const found = new ICAL.Event(component);
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: found.uid,
    sequence: found.sequence,
    status: value("status"),
    summary: found.summary,
    location: found.location,
    description: found.description,
    starts: moment(found.startDate),
    ends: moment(found.endDate),
    organiser: value("organizer"),
    attendees: component.getAllProperties("attendee").map((one) => [one.getFirstValue(), one.getParameter("cn") ?? ""]),
  };
}

function calendar(text) {
  const root = new ICAL.Component(ICAL.parse(text));
  const value = (name) => root.getFirstPropertyValue(name);
  return {
    method: value("method"),
    name: value("name"),
    refresh: value("refresh-interval")?.toString() ?? null,
    events: root.getAllSubcomponents("vevent").map(event),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(calendar)));
