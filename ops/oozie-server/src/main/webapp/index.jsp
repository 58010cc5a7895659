<%@ page contentType="text/html; charset=UTF-8" %><!DOCTYPE html>
<%-- Where the links of Oozie's mails lead, ?job=ID. In place of Oozie's console, whose library cannot be shipped. --%>
<html lang="en">
<head>
<title>Q platform: a job of Oozie</title>
<style>body { font: 1rem/1.5 sans-serif; margin: 2rem; } td, th { padding: 0 1.5rem 0 0; text-align: left; }</style>
</head>
<body>
<h1 id="title">Oozie</h1>
<p>What an hour waits for: <code id="explain">q explain HOUR</code>. All that is scheduled: <code>q schedule status</code>.</p>
<table id="rows"></table>
<script>
const job = new URLSearchParams(location.search).get('job');
const row = (head, text) => {
  const cells = document.getElementById('rows').insertRow();
  cells.insertCell().textContent = head;
  cells.insertCell().textContent = text;
};
const show = found => {
  document.title = found.appName || found.coordJobName || found.bundleJobName || job;
  document.getElementById('title').textContent = document.title;
  row('Job', job);
  row('Status', found.status);
  if (found.nominalTime) {
    const hour = new Date(found.nominalTime).toISOString().slice(0, 13).replace('T', '-');
    document.getElementById('explain').textContent = 'q explain ' + hour;
    row('Nominal hour, UTC', hour);
  }
  (found.actions || []).filter(step => step.errorMessage).forEach(step => row(step.name || step.id, step.errorMessage));
  ['errorMessage', 'missingDependencies', 'externalId'].filter(key => found[key]).forEach(key => row(key, found[key]));
};
if (job) {
  fetch('v2/job/' + encodeURIComponent(job) + '?show=info')
    .then(answer => answer.ok ? answer.json() : Promise.reject(answer.statusText))
    .then(show)
    .catch(problem => row('Cannot show ' + job, problem));
}
</script>
</body>
</html>
