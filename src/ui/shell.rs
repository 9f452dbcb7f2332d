//! What stands around the pages.

mod bottom_nav;
mod brand;
mod drawer;
mod drop_target;
mod export_bar;
mod import_bar;
mod notice_stack;
mod side_bar;
mod storage;
mod sync_bar;
mod top_bar;

pub(super) use bottom_nav::BottomNav;
pub(super) use drawer::provide_drawer;
pub(super) use drop_target::DropTarget;
pub(super) use export_bar::ExportBar;
pub(super) use import_bar::ImportBar;
pub(super) use notice_stack::NoticeStack;
pub(super) use side_bar::SideBar;
pub(super) use storage::StorageMeter;
pub(super) use sync_bar::SyncBars;
pub(super) use top_bar::TopBar;
