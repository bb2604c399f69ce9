namespace Ops.Collectors.Hooks;

/// <summary>What a hook is sent.</summary>
public enum HookFormat
{
    /// <summary>Alerts of Prometheus' Alertmanager, webhook version 4.</summary>
    Alertmanager,

    /// <summary>Problems of Zabbix, by a media type of the kind webhook.</summary>
    Zabbix,

    /// <summary>States of Nagios, by a notification command.</summary>
    Nagios,

    /// <summary>CloudEvents 1.0: binary, structured or batched.</summary>
    CloudEvents,

    /// <summary>Readings of collectd, by its plugin write_http with the format JSON.</summary>
    Collectd,
}
