"""The list of all checks, in the order of the catalogue. A check exists when it stands here."""

from collections.abc import Iterable

from checks.access import authentication, file_servers, login_limits, ssh_algorithms, ssh_server, web_servers
from checks.accounts import accounts_and_passwords, privileges
from checks.acls import acl_rules, unused_acls
from checks.advised import known_faults, vulnerabilities
from checks.alarms import active_alarms
from checks.alike import fitting_modules, same_versions
from checks.assets import age, serial_numbers
from checks.attacks import attack_sources, processor_drops
from checks.boards import boards, fabrics, main_boards
from checks.boot import boot_loaders, leftover_packages, next_configuration, next_image
from checks.changes import change_windows
from checks.check import Check
from checks.clock import offset, sources, synchronisation, time_zone
from checks.configuration import saved
from checks.conformity import idle_vlans, naming, template
from checks.data_plane import dhcp_snooping, mirrors
from checks.duplicates import duplicates
from checks.edges import edge_ports, root_guards
from checks.environment import temperature_rise, temperatures
from checks.errors import drops, errors, topology_changes
from checks.gateways import groups
from checks.hardware import airflow, crash_records, fan_speeds, fans, power_headroom, power_supplies, restarts
from checks.interfaces import neighbors, shut_by_protection, speed_and_duplex, uplinks
from checks.ip_settings import ip_settings
from checks.licences import licence_expiry, licensed_device, licensed_resources, trial_licences
from checks.link_ends import both_ends, packet_sizes
from checks.log_events import address_conflicts, flapping
from checks.logs import frequent_events, log_servers, severe_events
from checks.loops import blocked_by_protection, loop_detection, wandering_addresses
from checks.management import inspected_in_clear, login_sources, snmp, telnet
from checks.management_network import management_path
from checks.mlag import consistency, dual_homed, peer_link, roles_and_keepalive
from checks.monitoring import snmp_sources, traps
from checks.optic_values import bias_currents, module_origin, module_temperatures, received_change, sent_power
from checks.optics import module_alarms, received_power
from checks.poe import power_over_ethernet
from checks.ports import descriptions, idle_ports, load, management_port, one_way_links
from checks.readiness import switch_over
from checks.redundancy import split_detection, stack_links, stack_members, stack_priorities
from checks.roots import root_bridge
from checks.routes import default_route, equal_paths
from checks.routing import bfd_sessions, bgp_peers, isis_neighbors, ospf_flaps, ospf_neighbors
from checks.routing_settings import bgp_authentication, ospf_authentication, static_routes, watched_uplinks
from checks.self_protection import (
    audit_trail,
    banners,
    command_audit,
    control_plane,
    log_format,
    routing_authentication,
    time_authentication,
)
from checks.self_tests import self_tests
from checks.single_points import critical_links, single_points
from checks.site import (
    backups,
    dust,
    grounding,
    panel,
    power_feeds,
    removable_media,
    room_climate,
    strong_authentication,
)
from checks.storage import free_space
from checks.switching import aggregations, negotiation, spanning_tree
from checks.system import (
    busy_processes,
    clock_and_uptime,
    cpu,
    cpu_peaks,
    memory,
    memory_state,
    memory_trend,
    sessions,
)
from checks.tables import arp_table, hardware_pools, mac_table, routing_table
from checks.texts import check_texts
from checks.upkeep import approved_version, end_of_support
from checks.user_ports import arp_detection, checked_sources, limited_addresses, storm_control
from checks.versions import patches, software_version, stack_versions
from checks.vlans import trunks, vlan_one

CHECKS: tuple[Check, ...] = (
    temperatures,
    temperature_rise,
    room_climate,
    power_feeds,
    grounding,
    dust,
    panel,
    power_supplies,
    power_headroom,
    fans,
    fan_speeds,
    airflow,
    boards,
    main_boards,
    fabrics,
    self_tests,
    restarts,
    crash_records,
    free_space,
    serial_numbers,
    age,
    power_over_ethernet,
    removable_media,
    cpu,
    cpu_peaks,
    busy_processes,
    memory,
    memory_state,
    memory_trend,
    mac_table,
    arp_table,
    routing_table,
    hardware_pools,
    sessions,
    clock_and_uptime,
    software_version,
    patches,
    known_faults,
    vulnerabilities,
    end_of_support,
    approved_version,
    same_versions,
    stack_versions,
    next_image,
    boot_loaders,
    leftover_packages,
    uplinks,
    errors,
    drops,
    load,
    speed_and_duplex,
    packet_sizes,
    flapping,
    shut_by_protection,
    descriptions,
    idle_ports,
    one_way_links,
    neighbors,
    both_ends,
    management_port,
    received_power,
    sent_power,
    module_temperatures,
    bias_currents,
    received_change,
    module_origin,
    fitting_modules,
    module_alarms,
    spanning_tree,
    root_bridge,
    blocked_by_protection,
    topology_changes,
    edge_ports,
    root_guards,
    loop_detection,
    wandering_addresses,
    aggregations,
    negotiation,
    trunks,
    vlan_one,
    ospf_neighbors,
    ospf_flaps,
    ospf_authentication,
    bgp_peers,
    bgp_authentication,
    isis_neighbors,
    groups,
    watched_uplinks,
    bfd_sessions,
    address_conflicts,
    default_route,
    static_routes,
    equal_paths,
    duplicates,
    stack_members,
    stack_links,
    stack_priorities,
    split_detection,
    roles_and_keepalive,
    dual_homed,
    consistency,
    peer_link,
    switch_over,
    critical_links,
    single_points,
    severe_events,
    frequent_events,
    log_servers,
    audit_trail,
    log_format,
    active_alarms,
    traps,
    synchronisation,
    sources,
    time_authentication,
    offset,
    time_zone,
    telnet,
    ssh_server,
    ssh_algorithms,
    web_servers,
    file_servers,
    snmp,
    snmp_sources,
    login_sources,
    authentication,
    strong_authentication,
    accounts_and_passwords,
    login_limits,
    privileges,
    banners,
    command_audit,
    management_path,
    inspected_in_clear,
    control_plane,
    processor_drops,
    attack_sources,
    routing_authentication,
    ip_settings,
    storm_control,
    limited_addresses,
    dhcp_snooping,
    arp_detection,
    checked_sources,
    acl_rules,
    unused_acls,
    mirrors,
    saved,
    backups,
    next_configuration,
    naming,
    template,
    idle_vlans,
    change_windows,
    licence_expiry,
    licensed_resources,
    licensed_device,
    trial_licences,
)


def by_id(check_id: str) -> Check:
    """Give one check; raises KeyError for an id that does not exist."""
    return {check.id: check for check in CHECKS}[check_id]


def select(wanted: Iterable[str] = ()) -> tuple[Check, ...]:
    """Give the checks with these ids or of these groups, all when none is named, in catalogue order.

    Raises KeyError naming every word that is neither an id nor a group.
    """
    words = set(wanted)
    groups = {check.id: check_texts()[check.id].group for check in CHECKS}
    unknown = words - groups.keys() - set(groups.values())
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return tuple(c for c in CHECKS if not words or c.id in words or groups[c.id] in words)
